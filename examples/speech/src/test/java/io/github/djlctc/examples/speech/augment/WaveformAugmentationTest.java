package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.random.ViewRandom;
import io.github.djlctc.examples.speech.audio.Waveform;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;

import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WaveformAugmentationTest {

    private static final List<WaveformAugmentation> ALL =
            List.of(
                    new AdditiveNoise(new UniformRange(5, 20)),
                    new RandomGain(new UniformRange(-10, 10)),
                    new SpeedPerturbation(0.9, 1, 1.1));

    @Property(tries = 200)
    void theRandomNumbersDecideAndTheInputStays(
            @ForAll float @Size(max = 50) [] samples, @ForAll long seed) {
        float[] before = samples.clone();
        Waveform input = new Waveform(samples, 8000);
        WaveformAugmentation all = WaveformAugmentation.sequence(ALL);
        Waveform once = all.apply(input, new SplittableRandom(seed));
        Waveform twice = all.apply(input, new SplittableRandom(seed));
        assertThat(once.samples()).isEqualTo(twice.samples());
        assertThat(once.sampleRate()).isEqualTo(8000);
        assertThat(samples).isEqualTo(before);
    }

    @Property(tries = 50)
    void viewsOfASoundAreEquallyLongAndDiffer(@ForAll long seed) {
        WaveformAugmentation all =
                WaveformAugmentation.sequence(
                        List.of(
                                new SpeedPerturbation(0.9, 1.0, 1.1),
                                new AdditiveNoise(new UniformRange(15, 40)),
                                new RandomGain(new UniformRange(-6, 6))));
        float[] samples = new float[800];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * Math.sin(0.1 * i));
        }
        Waveform sound = new Waveform(samples, 8000);
        float[][] views = new float[2][];
        for (int view = 0; view < 2; view++) {
            ViewRandom random = ViewRandom.draw(new SplittableRandom(seed), view, 2);
            views[view] = all.apply(sound, random).samples();
        }
        assertThat(views[0]).hasSameSizeAs(views[1]).isNotEqualTo(views[1]);
    }

    @Example
    void sequencesApplyInOrder() {
        WaveformAugmentation longer = (w, random) -> new Waveform(new float[9], w.sampleRate());
        WaveformAugmentation rate = (w, random) -> new Waveform(new float[1], w.samples().length);
        Waveform input = new Waveform(new float[3], 8000);
        SplittableRandom random = new SplittableRandom(0);
        assertThat(WaveformAugmentation.sequence(List.of()).apply(input, random)).isSameAs(input);
        assertThat(
                        WaveformAugmentation.sequence(List.of(longer, rate))
                                .apply(input, random)
                                .sampleRate())
                .isEqualTo(9);
    }

    @Property(tries = 50)
    void noiseHasTheAskedRatio(
            @ForAll @DoubleRange(min = -5, max = 60) double decibels, @ForAll long seed) {
        Waveform tone = tone(4000, 0.3f);
        Waveform noisy =
                new AdditiveNoise(new UniformRange(decibels, decibels))
                        .apply(tone, new SplittableRandom(seed));
        float[] noise = noisy.samples().clone();
        for (int i = 0; i < noise.length; i++) {
            noise[i] -= tone.samples()[i];
        }
        double ratio = power(tone.samples()) / power(noise);
        assertThat(10 * Math.log10(ratio)).isCloseTo(decibels, Offset.offset(0.05));
    }

    @Example
    void silenceGetsNoNoise() {
        Waveform silence = new Waveform(new float[100], 16_000);
        Waveform empty = new Waveform(new float[0], 16_000);
        AdditiveNoise noise = new AdditiveNoise(new UniformRange(10, 10));
        assertThat(noise.apply(silence, new SplittableRandom(1))).isSameAs(silence);
        assertThat(noise.apply(empty, new SplittableRandom(1))).isSameAs(empty);
    }

    /** The mean square Haar coefficient of an octave is flat for white noise, doubles for pink. */
    @Example
    void whiteNoiseIsFlatAndPinkNoiseFallsByHalfPerOctave() {
        for (Noise noise : Noise.values()) {
            double factor = noise == Noise.WHITE ? 1 : 2;
            float[] level = noise.samples(1 << 19, new SplittableRandom(5));
            assertThat(power(level)).isCloseTo(1, Percentage.withPercentage(15));
            double last = 0;
            for (int octave = 0; octave < 9; octave++) {
                float[] next = new float[level.length / 2];
                double energy = 0;
                for (int i = 0; i < next.length; i++) {
                    double difference = (level[2 * i] - level[2 * i + 1]) / Math.sqrt(2);
                    energy += difference * difference / next.length;
                    next[i] = (float) ((level[2 * i] + level[2 * i + 1]) / Math.sqrt(2));
                }
                if (octave > 1) {
                    assertThat(energy / last).isCloseTo(factor, Percentage.withPercentage(20));
                }
                last = energy;
                level = next;
            }
        }
    }

    @Property(tries = 100)
    void gainIsAsAskedButNeverOverFullScale(
            @ForAll @DoubleRange(min = -40, max = 40) double decibels,
            @ForAll @FloatRange(min = 0.01f, max = 3) float amplitude) {
        Waveform tone = tone(500, amplitude);
        Waveform louder =
                new RandomGain(new UniformRange(decibels, decibels))
                        .apply(tone, new SplittableRandom(0));
        double peak = peak(tone);
        double expected = Math.min(1, peak * Math.pow(10, decibels / 20));
        assertThat(peak(louder)).isCloseTo(expected, Percentage.withPercentage(0.01));
        assertThat(peak(louder)).isLessThanOrEqualTo(1);
        assertThat(louder.samples()[7] / tone.samples()[7])
                .isCloseTo((float) (expected / peak), Percentage.withPercentage(0.01));
    }

    @Property(tries = 50)
    void speedShortensTheSound(
            @ForAll @DoubleRange(min = 0.5, max = 2) double factor,
            @ForAll @IntRange(max = 2000) int length) {
        Waveform input = new Waveform(new float[length], 16_000);
        Waveform faster = new SpeedPerturbation(factor).apply(input, new SplittableRandom(0));
        assertThat(faster.samples().length / (double) Math.max(length, 1))
                .isCloseTo(length == 0 ? 0 : 1 / factor, Offset.offset(2.0 / Math.max(length, 1)));
        assertThat(faster.sampleRate()).isEqualTo(16_000);
    }

    @Example
    void everySpeedIsDrawn() {
        SpeedPerturbation speeds = new SpeedPerturbation(0.5, 1, 2);
        Waveform input = new Waveform(new float[100], 16_000);
        SplittableRandom random = new SplittableRandom(3);
        List<Integer> lengths =
                random.ints(30)
                        .mapToObj(i -> speeds.apply(input, random).samples().length)
                        .distinct()
                        .toList();
        assertThat(lengths).containsExactlyInAnyOrder(50, 100, 200);
    }

    @Example
    void refusesImpossibleSettings() {
        assertThatIllegalArgumentException().isThrownBy(SpeedPerturbation::new);
        assertThatIllegalArgumentException().isThrownBy(() -> new SpeedPerturbation(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new UniformRange(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new UniformRange(Double.NaN, 1));
    }

    private static Waveform tone(int length, float amplitude) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (amplitude * Math.sin(0.1 * (i + 1)));
        }
        return new Waveform(samples, 16_000);
    }

    private static double peak(Waveform waveform) {
        double peak = 0;
        for (float sample : waveform.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / samples.length;
    }
}
