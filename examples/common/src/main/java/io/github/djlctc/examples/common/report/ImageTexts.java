package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.Printable;

import com.google.gson.JsonObject;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Where the texts of images go, one after the other: printed, or into a file that another run can
 * go on with. For one thread at a time.
 */
public final class ImageTexts implements Closeable {

    private static final String IMAGE = "image";
    private static final String UNIT = "images";

    private final Sink sink;

    /** Nothing if the texts are printed. */
    private final Optional<ResumableLines> lines;

    /** The images of earlier lines that were not come to yet, in the order of the lines. */
    private final Queue<String> earlier;

    private int passedOver;

    private ImageTexts(Sink sink, Optional<ResumableLines> lines, Queue<String> earlier) {
        this.sink = sink;
        this.lines = lines;
        this.earlier = earlier;
    }

    /** Takes what was read in an image. */
    private interface Sink {

        void write(Path image, List<String> texts, JsonObject object) throws IOException;
    }

    /**
     * Prints lines of the path and a text, a tab between.
     *
     * @param out where to print
     * @return the output
     */
    public static ImageTexts text(PrintWriter out) {
        return printed(
                (image, texts, object) -> {
                    for (String text : texts) {
                        out.println(Printable.line(image.toString()) + "\t" + Printable.line(text));
                    }
                    out.flush();
                });
    }

    /**
     * Prints JSON, one object a line.
     *
     * @param out where to print
     * @return the output
     */
    public static ImageTexts json(PrintWriter out) {
        return printed(
                (image, texts, object) -> {
                    out.println(JsonOutput.line(object));
                    out.flush();
                });
    }

    private static ImageTexts printed(Sink sink) {
        return new ImageTexts(sink, Optional.empty(), new ArrayDeque<>());
    }

    /**
     * Writes a file of JSON lines.
     *
     * @param file the file
     * @param key the key of the run
     * @return the output, to be closed by the caller
     * @throws IOException if the file cannot be created
     */
    public static ImageTexts file(Path file, String key) throws IOException {
        return written(ResumableLines.create(file, key), new ArrayDeque<>());
    }

    /**
     * Goes on with what an earlier run has left of a file of JSON lines.
     *
     * @param file the file
     * @param key the key of the run
     * @return the output, to be closed by the caller
     * @throws IOException if the file cannot be created, or what is left is damaged
     */
    public static ImageTexts resumed(Path file, String key) throws IOException {
        Queue<String> earlier = new ArrayDeque<>();
        ResumableLines lines =
                ResumableLines.resume(
                        file, key, object -> earlier.add(object.get(IMAGE).getAsString()));
        return written(lines, earlier);
    }

    private static ImageTexts written(ResumableLines lines, Queue<String> earlier) {
        return new ImageTexts(
                (image, texts, object) -> lines.add(object), Optional.of(lines), earlier);
    }

    /**
     * Returns a line for who wanted to go on, where there was nothing to go on after.
     *
     * @return the line; nothing if an earlier run has left lines
     */
    public Optional<String> anewNote() {
        return lines.flatMap(ResumableLines::anewNote);
    }

    /**
     * Tells whether an earlier run has written the text of an image. To be asked once for each
     * image, in the order of the run.
     *
     * @param image the path of the image
     * @return whether it is the next one in the earlier lines
     */
    public boolean passesOver(Path image) {
        if (!image.toString().equals(earlier.peek())) {
            return false;
        }
        earlier.remove();
        passedOver++;
        return true;
    }

    /**
     * Writes what was read in an image.
     *
     * @param image the path of the image
     * @param texts its texts, the best first; JSON takes the object instead
     * @param object its object, with the path as {@code image}
     * @throws IOException if it cannot be written
     */
    public void write(Path image, List<String> texts, JsonObject object) throws IOException {
        sink.write(image, texts, object);
    }

    /** {@return the number of images that an earlier run has written} */
    public int passedOver() {
        return passedOver;
    }

    /**
     * Returns a line about what another run could go on after.
     *
     * @return the number of images and where their texts are; nothing if there is nothing
     */
    public Optional<String> leftNote() {
        return lines.flatMap(written -> written.leftNote(UNIT));
    }

    /**
     * Moves the file to its place, if there is one.
     *
     * @throws IOException if that fails; the file is then as it was
     */
    public void finish() throws IOException {
        if (lines.isPresent()) {
            lines.get().finish();
        }
    }

    @Override
    public void close() throws IOException {
        if (lines.isPresent()) {
            lines.get().close();
        }
    }
}
