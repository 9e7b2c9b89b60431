package io.github.djlctc.examples.htr.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.htr.image.ImageFiles;
import io.github.djlctc.examples.htr.image.ImageFormatException;

import java.io.IOException;
import java.nio.file.Path;

/** What is checked of an image file when a corpus is listed. */
public final class CorpusFiles {

    private CorpusFiles() {}

    /**
     * Checks the header of an image, and records the file if it cannot be used.
     *
     * @param file the image file
     * @param skipped takes the file
     * @return whether it can be used
     * @throws IOException if reading fails
     */
    public static boolean isUsable(Path file, SkippedSamples skipped) throws IOException {
        try {
            ImageFiles.checkHeader(file);
            return true;
        } catch (ImageFormatException e) {
            skipped.add(file.toString(), e.problem().toString(), e.detail());
            return false;
        }
    }
}
