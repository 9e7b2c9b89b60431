package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.random.ViewRandom;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FeatureAugmentationTest {

    private static final List<FeatureAugmentation> ALL =
            List.of(
                    CepstralWarp.builder().build(),
                    new Tempo(new UniformRange(0.8, 1.2)),
                    new FeatureNoise(0.1),
                    SpecAugment.builder().build());

    @Property(tries = 200)
    void theRandomNumbersDecideAndTheInputStays(
            @ForAll @IntRange(max = 30) int frames, @ForAll long seed) {
        float[] features = features(frames, 26);
        float[] before = features.clone();
        FeatureAugmentation all = FeatureAugmentation.sequence(ALL);
        float[] once = all.apply(features, 26, new SplittableRandom(seed));
        assertThat(all.apply(features, 26, new SplittableRandom(seed))).isEqualTo(once);
        assertThat(once.length % 26).isZero();
        assertThat(features).isEqualTo(before);
    }

    @Property(tries = 100)
    void noFramesStayNoFrames(@ForAll long seed) {
        for (FeatureAugmentation augmentation : ALL) {
            assertThat(augmentation.apply(new float[0], 13, new SplittableRandom(seed))).isEmpty();
            assertThat(augmentation.apply(features(1, 13), 13, new SplittableRandom(seed)))
                    .hasSize(13);
        }
    }

    @Example
    void sequencesApplyInOrder() {
        FeatureAugmentation twice = (values, dimensions, random) -> new float[] {2 * values[0]};
        FeatureAugmentation plusOne = (values, dimensions, random) -> new float[] {values[0] + 1};
        float[] input = {3};
        SplittableRandom random = new SplittableRandom(0);
        assertThat(FeatureAugmentation.sequence(List.of()).apply(input, 1, random)).isSameAs(input);
        assertThat(FeatureAugmentation.sequence(List.of(twice, plusOne)).apply(input, 1, random))
                .containsExactly(7);
    }

    @Property(tries = 300)
    void tempoKeepsTheEndsAndInterpolatesBetween(
            @ForAll @IntRange(min = 1, max = 60) int frames,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor) {
        // Of a straight line, linear interpolation leaves a straight line.
        float[] line = new float[2 * frames];
        for (int i = 0; i < frames; i++) {
            line[2 * i] = i;
            line[2 * i + 1] = 5 - 3 * i;
        }
        float[] changed =
                new Tempo(new UniformRange(factor, factor)).apply(line, 2, new SplittableRandom(0));
        int count = (int) Math.max(1, Math.round(frames / factor));
        assertThat(changed).hasSize(2 * count);
        for (int i = 0; i < count; i++) {
            float time = count == 1 ? 0 : i * (frames - 1f) / (count - 1);
            assertThat(changed[2 * i]).isCloseTo(time, Offset.offset(1e-4f));
            assertThat(changed[2 * i + 1]).isCloseTo(5 - 3 * time, Offset.offset(1e-3f));
        }
    }

    @Property(tries = 50)
    void viewsAreEquallyLongAndDiffer(@ForAll long seed) {
        List<FeatureAugmentation> narrow = new ArrayList<>(ALL.subList(0, ALL.size() - 1));
        // So that noise is left in both.
        narrow.add(SpecAugment.builder().optTimeMaskWidth(5).optFrequencyMaskWidth(5).build());
        FeatureAugmentation all = FeatureAugmentation.sequence(narrow);
        float[][] views = new float[2][];
        for (int view = 0; view < 2; view++) {
            ViewRandom random = ViewRandom.draw(new SplittableRandom(seed), view, 2);
            views[view] = all.apply(features(50, 26), 26, random);
        }
        assertThat(views[0]).hasSameSizeAs(views[1]).isNotEqualTo(views[1]);
    }

    @Example
    void tempoOneChangesNothing() {
        float[] features = features(20, 4);
        assertThat(new Tempo(new UniformRange(1, 1)).apply(features, 4, new SplittableRandom(0)))
                .isEqualTo(features);
    }

    @Example
    void noiseHasTheAskedDeviation() {
        float[] noise =
                new FeatureNoise(0.3).apply(new float[100_000], 10, new SplittableRandom(2));
        double sum = 0;
        double squares = 0;
        for (float value : noise) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum / noise.length).isCloseTo(0, Offset.offset(0.01));
        assertThat(Math.sqrt(squares / noise.length)).isCloseTo(0.3, Offset.offset(0.01));
        float[] features = features(3, 4);
        assertThat(new FeatureNoise(0).apply(features, 4, new SplittableRandom(2)))
                .isEqualTo(features);
    }

    @Example
    void refusesImpossibleSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tempo(new UniformRange(0, 1)))
                .withMessageContaining("tempo");
        assertThatIllegalArgumentException().isThrownBy(() -> new FeatureNoise(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FeatureNoise(Double.NaN));
    }

    private static float[] features(int frames, int dimensions) {
        float[] values = new float[frames * dimensions];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(1.7 * i) + 2;
        }
        return values;
    }
}
