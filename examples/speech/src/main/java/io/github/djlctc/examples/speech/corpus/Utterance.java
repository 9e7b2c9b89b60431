package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.data.FilePart;
import io.github.djlctc.examples.speech.audio.Signal;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One utterance of a corpus: its transcript, and how to read its signal.
 *
 * @param id the name it is reported under: unique in its corpus, a file name where there is one
 * @param text the transcript
 * @param source reads the signal, each time anew; safe to call from several threads
 * @param part the part of a recording that it is, if that is known
 */
public record Utterance(String id, String text, Source source, Optional<FilePart> part)
        implements CorpusSample {

    /** What the samples of a corpus of sound are called. */
    public static final String UNIT = "utterances";

    /** What one of them is called. */
    static final String NOUN = "utterance";

    /**
     * Creates an utterance that is no part of a recording.
     *
     * @param id the name it is reported under
     * @param text the transcript
     * @param source reads the signal
     */
    public Utterance(String id, String text, Source source) {
        this(id, text, source, Optional.empty());
    }

    /** Reads the signal of an utterance. */
    @FunctionalInterface
    public interface Source {

        /**
         * Reads the signal.
         *
         * @return the signal, the same at every call
         * @throws IOException if the file is missing, empty, corrupt or truncated; the message
         *     names it
         */
        Signal read() throws IOException;

        /**
         * Tells the sample rate without reading the signal.
         *
         * @return samples per second; nothing if it is not known, or the signal is no sound
         */
        default OptionalInt sampleRate() {
            return OptionalInt.empty();
        }

        /**
         * Tells the duration without reading the signal.
         *
         * @return seconds; nothing if it is not known, or the signal is no sound
         */
        default OptionalDouble seconds() {
            return OptionalDouble.empty();
        }
    }
}
