package io.github.djlctc.examples.common.data;

import io.github.djlctc.examples.common.SampleFileException;
import io.github.djlctc.examples.common.SkippedSamples;

import java.io.IOException;
import java.nio.file.Path;

/** The check of a sample's file when a corpus is listed. */
@FunctionalInterface
public interface FileCheck {

    /**
     * Checks a file without reading all of it.
     *
     * @param file the file
     * @throws SampleFileException if it cannot be used
     * @throws IOException if reading fails
     */
    void check(Path file) throws IOException;

    /**
     * Checks a file, and records it if it cannot be used.
     *
     * @param file the file
     * @param skipped takes the file
     * @return whether it can be used
     * @throws IOException if reading fails
     */
    default boolean passes(Path file, SkippedSamples skipped) throws IOException {
        try {
            check(file);
            return true;
        } catch (SampleFileException e) {
            skipped.add(file.toString(), e.reason(), e.detail());
            return false;
        }
    }
}
