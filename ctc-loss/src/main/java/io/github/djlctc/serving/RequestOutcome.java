package io.github.djlctc.serving;

import io.github.djlctc.decode.BeamSearchResult;

import java.util.Objects;

/** What became of a request: a result, or the reason why there is none. */
public sealed interface RequestOutcome {

    /**
     * A sample that was recognised.
     *
     * @param result the hypotheses, of a greedy decoder one, and what became of the hotwords
     */
    record Recognised(BeamSearchResult result) implements RequestOutcome {

        /**
         * Checks that there is a result.
         *
         * @param result the hypotheses and what became of the hotwords
         */
        public Recognised {
            Objects.requireNonNull(result, "result");
        }
    }

    /**
     * A request whose features could not be computed.
     *
     * @param problem what is wrong with it
     */
    record Refused(String problem) implements RequestOutcome {

        /**
         * Checks that there is a problem.
         *
         * @param problem what is wrong with the request
         */
        public Refused {
            Objects.requireNonNull(problem, "problem");
        }
    }
}
