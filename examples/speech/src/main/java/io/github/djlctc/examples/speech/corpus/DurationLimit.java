package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SampleFileException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Leaves out sound that is longer than a limit: at once where its duration is known, else when it
 * is read.
 *
 * @param seconds the longest that is used
 * @param option the option that says so
 */
public record DurationLimit(double seconds, String option) {

    /** Why utterances are left out. */
    public static final String REASON = "longer than asked for";

    /**
     * Leaves out long utterances.
     *
     * @param utterances the utterances
     * @param skipped takes those that are known to be longer
     * @return the others, of which those of unknown duration cannot be read if they are longer
     */
    public List<Utterance> apply(List<Utterance> utterances, SkippedSamples skipped) {
        List<Utterance> kept = new ArrayList<>();
        for (Utterance utterance : utterances) {
            OptionalDouble duration = utterance.source().seconds();
            if (duration.isEmpty()) {
                kept.add(limited(utterance));
            } else if (duration.getAsDouble() <= seconds) {
                kept.add(utterance);
            } else {
                skipped.add(utterance.id(), REASON, describe(duration.getAsDouble()));
            }
        }
        return kept;
    }

    private Utterance limited(Utterance utterance) {
        return new Utterance(
                utterance.id(), utterance.text(), new Limited(utterance), utterance.part());
    }

    private String describe(double duration) {
        return String.format(Locale.ROOT, "%.1f s, with %s %s", duration, option, seconds);
    }

    private final class Limited implements Utterance.Source {

        private final Utterance utterance;

        Limited(Utterance utterance) {
            this.utterance = utterance;
        }

        @Override
        public Signal read() throws IOException {
            Signal signal = utterance.source().read();
            if (signal instanceof Waveform sound && sound.seconds() > seconds) {
                throw new TooLongException(utterance.id(), describe(sound.seconds()));
            }
            return signal;
        }

        @Override
        public OptionalInt sampleRate() {
            return utterance.source().sampleRate();
        }
    }

    private static final class TooLongException extends SampleFileException {

        private static final long serialVersionUID = 1L;

        TooLongException(String id, String detail) {
            super(id, REASON, detail, null);
        }
    }
}
