package io.github.djlctc.evaluator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ErrorRateEvaluatorTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" AB");
    private static final String KEY = "validate";

    /** Two samples: "AB A" read as "AB B", and "B" read as "B" with a frame of padding. */
    private static NDList predictions(NDManager manager) {
        int[][] paths = {{2, 3, 1, 3, 0}, {3, 0, 0, 0, 2}};
        float[] logits = new float[2 * 5 * 4];
        for (int n = 0; n < 2; n++) {
            for (int t = 0; t < 5; t++) {
                logits[(n * 5 + t) * 4 + paths[n][t]] = 10;
            }
        }
        return new NDList(
                manager.create(logits, new Shape(2, 5, 4)), manager.create(new long[] {5, 4}));
    }

    private static NDList labels(NDManager manager) {
        return new NDList(manager.create(new long[] {2, 3, 1, 2, 3, -1, -1, -1}, new Shape(2, 4)));
    }

    @Test
    void ratesOfEverySample() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray words =
                    new WordErrorRate(ALPHABET).evaluate(labels(manager), predictions(manager));
            assertThat(words.toFloatArray()).containsExactly(0.5f, 0);
            NDArray characters =
                    new CharacterErrorRate(ALPHABET)
                            .evaluate(labels(manager), predictions(manager));
            assertThat(characters.toFloatArray()).containsExactly(0.25f, 0);
        }
    }

    @Test
    void wordErrorsAreCharacterErrorsWhereWordsAreJoined() {
        Alphabet chinese = Alphabet.ofCharacters("市房地");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList labels = labels(manager);
            NDList predictions = predictions(manager);
            assertThat(new WordErrorRate(chinese).evaluate(labels, predictions).toFloatArray())
                    .isEqualTo(
                            new CharacterErrorRate(chinese)
                                    .evaluate(labels, predictions)
                                    .toFloatArray());
        }
    }

    @Test
    void accumulatesOverAllSamplesTogether() {
        WordErrorRate wer = new WordErrorRate(ALPHABET);
        wer.addAccumulator(KEY);
        assertThat(wer.getAccumulator(KEY)).isZero();
        try (NDManager manager = NDManager.newBaseManager()) {
            wer.updateAccumulator(KEY, labels(manager), predictions(manager));
            wer.updateAccumulator(KEY, labels(manager), predictions(manager));
        }
        assertThat(wer.counts(KEY)).isEqualTo(new ErrorCounts(2, 0, 0, 6));
        assertThat(wer.getAccumulator(KEY)).isEqualTo(2 / 6f);
        wer.resetAccumulator(KEY);
        assertThat(wer.counts(KEY)).isEqualTo(ErrorCounts.ZERO);
    }

    @CountsArrays
    void leavesNothingButTheResultBehind() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList labels = labels(manager);
            NDList predictions = predictions(manager);
            WordErrorRate wer = new WordErrorRate(ALPHABET);
            wer.addAccumulator(KEY);
            int before = manager.getManagedArrays().size();
            wer.updateAccumulator(KEY, labels, predictions);
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void refusesUnknownAccumulatorsAndWrongTargets() {
        WordErrorRate wer = new WordErrorRate(ALPHABET);
        assertThatThrownBy(() -> wer.getAccumulator("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> wer.resetAccumulator("other"))
                .isInstanceOf(IllegalArgumentException.class);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList wrong = new NDList(manager.create(new long[] {2, 9}, new Shape(2, 1)));
            assertThatThrownBy(() -> wer.evaluate(wrong, predictions(manager)))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("target id 9");
        }
    }

    @Test
    void logitsOfIntermediateHeadsArePassedOver() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList predictions = predictions(manager);
            NDList labels =
                    new NDList(
                            manager.create(
                                    new long[] {2, 3, 1, 2, 3, -1, -1, -1}, new Shape(2, 4)));
            CharacterErrorRate rate = new CharacterErrorRate(ALPHABET);
            float[] expected = rate.evaluate(labels, predictions).toFloatArray();
            predictions.add(manager.zeros(new Shape(2, 5, 4)));
            assertThat(rate.evaluate(labels, predictions).toFloatArray()).isEqualTo(expected);
        }
    }
}
