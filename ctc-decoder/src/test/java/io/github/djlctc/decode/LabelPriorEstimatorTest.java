package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LabelPriorEstimatorTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");

    private static LabelPriorEstimator estimator() {
        return new LabelPriorEstimator(LETTERS, EmissionScale.LOGITS);
    }

    @Property(tries = 50, seed = "1")
    void partsGiveThePriorOfTheWhole(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> parts,
            @ForAll @IntRange(max = 1000) int seed) {
        Random random = new Random(seed);
        List<float[]> samples =
                parts.stream()
                        .map(part -> Emissions.random(random, 1 + random.nextInt(9), 4, 3))
                        .toList();
        LabelPriorEstimator sum = estimator();
        for (int part = 0; part <= 3; part++) {
            LabelPriorEstimator some = estimator();
            int chosen = part;
            IntStream.range(0, samples.size())
                    .filter(i -> parts.get(i) == chosen)
                    .forEach(i -> some.add(samples.get(i)));
            sum.add(some);
        }

        LabelPrior whole = LabelPrior.estimate(LETTERS, samples);
        LabelPrior merged = sum.estimate();

        assertThat(merged.frames()).isEqualTo(whole.frames());
        for (int id = 0; id < 4; id++) {
            assertThat(merged.logProbability(id)).isEqualTo(whole.logProbability(id));
        }
    }

    @Test
    void aSampleThatCannotBeUsedChangesNothing() {
        LabelPriorEstimator estimator = estimator();
        estimator.add(new float[] {1, 2, 3, 4});
        double before = estimator.estimate().logProbability(2);

        assertThatExceptionOfType(InvalidEmissionException.class)
                .isThrownBy(() -> estimator.add(new float[] {9, 0, 0, 0, Float.NaN, 0, 0, 0}))
                .withMessageContaining("sample 1")
                .withMessageContaining("frame 1");
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.add(new float[3]));

        assertThat(estimator.frames()).isEqualTo(1);
        assertThat(estimator.estimate().logProbability(2)).isEqualTo(before);
    }

    @Test
    void partsOfOtherModelsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator()
                                        .add(
                                                new LabelPriorEstimator(
                                                        LETTERS, EmissionScale.PROBABILITIES)))
                .withMessageContaining("PROBABILITIES");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator()
                                        .add(
                                                new LabelPriorEstimator(
                                                        Alphabet.ofCharacters("xyz"),
                                                        EmissionScale.LOGITS)))
                .withMessageContaining("of different models");
    }
}
