package io.github.djlctc.loss;

import ai.djl.ndarray.NDManager;

import io.github.djlctc.batch.CTCInputException;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random hostile calls end in a {@link CTCInputException} or in the losses that the definition of
 * CTC gives, and never in anything else.
 */
class CTCLossHostileInputTest {

    private static final int CALLS = 45_000;
    private static final CTCAlgorithm[] ALGORITHMS = {
        CTCAlgorithm.DENSE, CTCAlgorithm.COMPACT, CTCAlgorithm.SCALED
    };

    @Test
    void randomCalls() {
        Random random = new Random(1);
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int call = 0; call < CALLS; call++) {
                HostileCall hostile = new HostileCall(random);
                double[] losses = losses(hostile, ALGORITHMS[call % ALGORITHMS.length], manager);
                assertThat(losses != null).as("%s", hostile).isEqualTo(hostile.isValid());
                if (losses == null) {
                    counts.merge(Outcome.REJECTED, 1, Integer::sum);
                    continue;
                }
                for (int n = 0; n < losses.length; n++) {
                    assertIsTheDefinedLoss(hostile, n, losses[n]);
                    counts.merge(outcome(losses[n]), 1, Integer::sum);
                }
            }
            assertThat(manager.getManagedArrays()).as("arrays left over").isEmpty();
        }
        // An outcome that hardly occurred would not have been tested.
        for (Outcome outcome : Outcome.values()) {
            assertThat(counts.get(outcome)).as("%s", outcome).isGreaterThan(CALLS / 20);
        }
    }

    private enum Outcome {
        REJECTED,
        FINITE,
        INFINITE,
        NOT_A_NUMBER
    }

    private static Outcome outcome(double loss) {
        if (Double.isNaN(loss)) {
            return Outcome.NOT_A_NUMBER;
        }
        return Double.isInfinite(loss) ? Outcome.INFINITE : Outcome.FINITE;
    }

    /** Returns the losses, or null if the call was rejected. */
    private static double[] losses(HostileCall call, CTCAlgorithm algorithm, NDManager parent) {
        CTCLoss loss =
                CTCLoss.builder()
                        .optAlgorithm(algorithm)
                        .optLayout(call.layout)
                        .optBlank(call.blank)
                        .optInfeasible(InfeasiblePolicy.KEEP_INFINITE)
                        .build();
        try (NDManager manager = parent.newSubManager(AlgorithmDevice.of(algorithm))) {
            return loss.evaluatePerSample(call.labels(manager), call.predictions(manager))
                    .toDoubleArray();
        } catch (CTCInputException e) {
            assertThat(e.problems()).isNotEmpty();
            return null;
        }
    }

    private static void assertIsTheDefinedLoss(HostileCall call, int sample, double loss) {
        double expected = call.expectedLoss(sample);
        double difference = Math.abs(loss - expected);
        boolean asDefined =
                Double.compare(loss, expected) == 0
                        || difference <= 1e-9 * (1 + Math.abs(expected))
                        || (Double.isNaN(loss) && call.isTooShortAndNotFinite(sample));
        assertThat(asDefined)
                .as("sample %d: %s instead of %s: %s", sample, loss, expected, call)
                .isTrue();
    }
}
