package io.github.djlctc.examples.htr.corpus;

import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.htr.image.LineImage;

import java.io.IOException;

/**
 * One line of a corpus: its text, and how to get its picture.
 *
 * @param id the name it is reported under: unique in its corpus, a file name where there is one
 * @param text what is written
 * @param source gets the picture, each time anew; safe to call from several threads
 */
public record LineSample(String id, String text, Source source) implements CorpusSample {

    /** What samples are called in messages. */
    public static final String UNIT = "lines";

    /** Gets the picture of a line. */
    @FunctionalInterface
    public interface Source {

        /**
         * Reads or makes the picture.
         *
         * @param neededHeight the height that the picture is going to be brought to, above 0
         * @return the picture, the same at every call; it can be of any height
         * @throws IOException if the file is missing, empty, corrupt, truncated or too large; the
         *     message names it
         */
        GreyImage read(int neededHeight) throws IOException;
    }

    /**
     * Gets the picture as ink on paper.
     *
     * @param height the number of rows wanted, above 0
     * @return the line, with the aspect ratio of the picture
     * @throws IOException if the picture cannot be used; the message names it
     */
    public LineImage load(int height) throws IOException {
        return LineImage.of(source.read(height), height, id);
    }
}
