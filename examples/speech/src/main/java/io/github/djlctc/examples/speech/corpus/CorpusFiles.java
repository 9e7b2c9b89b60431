package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;

import java.io.IOException;
import java.nio.file.Path;

/** What is checked of an audio file when a corpus is listed. */
final class CorpusFiles {

    private CorpusFiles() {}

    /** Checks the header, and records the file if it cannot be used. */
    static boolean isUsable(Path file, SkippedSamples skipped) throws IOException {
        try {
            AudioFiles.checkHeader(file);
            return true;
        } catch (AudioFormatException e) {
            skipped.add(file.toString(), e.problem().toString(), e.detail());
            return false;
        }
    }
}
