package io.github.djlctc.benchmarks.remedies;

import static java.lang.Double.NaN;

/**
 * The results of a training run.
 *
 * @param characterErrorRate on the test utterances after the last epoch
 * @param wordErrorRate on the same
 * @param epochsOfBlanks the epochs after which more than half of the test utterances were
 *     transcribed as nothing
 * @param clipped the share of steps whose gradient was clipped
 * @param infeasible the share of training utterances with too few frames
 * @param framesPerLabel the fewest frames of logits per label of a training utterance
 */
record Outcome(
        double characterErrorRate,
        double wordErrorRate,
        int epochsOfBlanks,
        double clipped,
        double infeasible,
        double framesPerLabel) {

    /** The output of the model became NaN. */
    static final Outcome NAN = new Outcome(NaN, NaN, 0, NaN, NaN, NaN);
}
