package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CepstralWarpTest {

    private static final int BANDS = 40;

    @Property(tries = 50)
    void alphaOneIsTheIdentity(
            @ForAll @IntRange(min = 1, max = BANDS) int cepstra, @ForAll long seed) {
        float[] values = random(3 * cepstra, seed);
        float[] warped = warp(cepstra, 1).apply(values, cepstra, new SplittableRandom(0));
        for (int i = 0; i < values.length; i++) {
            assertThat(warped[i]).isCloseTo(values[i], Offset.offset(1e-6f));
        }
    }

    @Property(tries = 50)
    void aFlatSpectrumStaysFlat(@ForAll @DoubleRange(min = 0.7, max = 1.4) double alpha) {
        float[] flat = new float[13];
        flat[0] = 5;
        float[] warped = warp(13, alpha).apply(flat, 13, new SplittableRandom(0));
        for (int i = 0; i < 13; i++) {
            assertThat(warped[i]).isCloseTo(flat[i], Offset.offset(1e-5f));
        }
    }

    /** With all 40 cepstra no spectrum is smoothed, so a formant is where it should be. */
    @Property(tries = 50)
    void aFormantMovesToItsFrequencyOverAlpha(
            @ForAll @DoubleRange(min = 0.8, max = 1.25) double alpha,
            @ForAll @DoubleRange(min = 500, max = 3000) double formant) {
        double[] bump = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            double distance = (centre(band) - mel(formant)) / 150;
            bump[band] = Math.exp(-distance * distance);
        }
        float[] warped = warp(BANDS, alpha).apply(dct(bump), BANDS, new SplittableRandom(0));
        double[] moved = inverse(warped);
        double mean = 0;
        double sum = 0;
        for (int band = 0; band < BANDS; band++) {
            mean += centre(band) * moved[band];
            sum += moved[band];
        }
        double expected = mel(formant / alpha);
        assertThat(mean / sum).isCloseTo(expected, Offset.offset(25.0));
    }

    @Property(tries = 50)
    void groupsAndFramesAreWarpedAlike(@ForAll long seed) {
        float[] one = random(13, seed);
        float[] six = new float[6 * 13];
        for (int i = 0; i < six.length; i++) {
            six[i] = one[i % 13];
        }
        CepstralWarp warp = CepstralWarp.builder().build();
        float[] warped = warp.apply(six, 39, new SplittableRandom(seed));
        for (int group = 0; group < 6; group++) {
            assertThat(Arrays.copyOfRange(warped, 13 * group, 13 * (group + 1)))
                    .isEqualTo(warp.apply(one, 13, new SplittableRandom(seed)));
        }
    }

    @Example
    void knowsTheFilterBank() {
        float[] values = random(13, 1);
        float[] narrow =
                CepstralWarp.builder()
                        .optFilterBank(40, 130, 6800)
                        .optAlpha(new UniformRange(1.1, 1.1))
                        .build()
                        .apply(values, 13, new SplittableRandom(0));
        assertThat(narrow).isNotEqualTo(warp(13, 1.1).apply(values, 13, new SplittableRandom(0)));
    }

    @Example
    void refusesImpossibleSettings() {
        CepstralWarp.Builder builder = CepstralWarp.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.build().apply(new float[40], 40, new SplittableRandom()))
                .withMessageContaining("40")
                .withMessageContaining("13");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optAlpha(new UniformRange(0, 1)))
                .withMessageContaining("alpha");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optCepstra(0).build());
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optCepstra(41).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optCepstra(13).optFilterBank(40, 4000, 4000).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optFilterBank(40, Double.NaN, 4000).build());
    }

    private static CepstralWarp warp(int cepstra, double alpha) {
        return CepstralWarp.builder()
                .optCepstra(cepstra)
                .optAlpha(new UniformRange(alpha, alpha))
                .build();
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double centre(int band) {
        return (band + 1) * mel(8000) / (BANDS + 1);
    }

    private static double cosine(int cepstrum, int band) {
        double scale = Math.sqrt((cepstrum == 0 ? 1.0 : 2.0) / BANDS);
        return scale * Math.cos(Math.PI * cepstrum * (band + 0.5) / BANDS);
    }

    private static float[] dct(double[] spectrum) {
        float[] cepstra = new float[BANDS];
        for (int i = 0; i < BANDS; i++) {
            for (int band = 0; band < BANDS; band++) {
                cepstra[i] += (float) (cosine(i, band) * spectrum[band]);
            }
        }
        return cepstra;
    }

    private static double[] inverse(float[] cepstra) {
        double[] spectrum = new double[BANDS];
        for (int i = 0; i < BANDS; i++) {
            for (int band = 0; band < BANDS; band++) {
                spectrum[band] += cosine(i, band) * cepstra[i];
            }
        }
        return spectrum;
    }
}
