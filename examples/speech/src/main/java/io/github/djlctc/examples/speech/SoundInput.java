package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioHeader;
import io.github.djlctc.examples.speech.audio.AudioStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Sound that a command line names: a file, or the standard input. */
final class SoundInput {

    private static final String STANDARD_INPUT = "-";

    private SoundInput() {}

    static boolean isStandardInput(Path input) {
        return input.toString().equals(STANDARD_INPUT);
    }

    static AudioStream open(Path input) throws IOException {
        return isStandardInput(input)
                ? AudioFiles.stream(new BufferedInputStream(System.in), input)
                : AudioFiles.stream(input);
    }

    /** Returns how long a file is in seconds, as its header says; 0 if nobody knows. */
    static long seconds(Path input) {
        if (isStandardInput(input)) {
            return 0;
        }
        try {
            AudioHeader header = AudioFiles.checkHeader(input);
            OptionalLong frames = header.frames();
            return frames.isPresent() ? frames.getAsLong() / header.sampleRate() : 0;
        } catch (IOException e) {
            // Whoever reads the sound is told what is wrong with it.
            return 0;
        }
    }
}
