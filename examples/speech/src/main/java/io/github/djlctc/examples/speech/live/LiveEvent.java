package io.github.djlctc.examples.speech.live;

import io.github.djlctc.examples.speech.transcript.Segment;

import java.util.Objects;

/** What a recogniser says of sound that goes on. */
public sealed interface LiveEvent {

    /**
     * The sentence that is being said, so far.
     *
     * @param seconds how much sound was heard, from the start of the stream
     * @param stable the beginning of the sentence that will not change any more; may be empty
     * @param guess what follows it, as far as can be told now; may change
     */
    record Progress(double seconds, String stable, String guess) implements LiveEvent {

        /**
         * Checks that nothing is null.
         *
         * @param seconds how much sound was heard
         * @param stable the beginning of the sentence
         * @param guess what follows it
         */
        public Progress {
            Objects.requireNonNull(stable, "stable");
            Objects.requireNonNull(guess, "guess");
        }
    }

    /**
     * A sentence that a pause ended. The next {@link Progress} is of another.
     *
     * @param segment its words, with times from the start of the stream; not without a word
     */
    record Sentence(Segment segment) implements LiveEvent {

        /**
         * Checks that there is a sentence.
         *
         * @param segment its words
         */
        public Sentence {
            Objects.requireNonNull(segment, "segment");
        }
    }
}
