package io.github.djlctc.examples.speech.audio;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PushResamplerTest {

    private static final int[] RATES = {8000, 11_025, 16_000, 22_050, 44_100, 48_000};

    @Property(tries = 60)
    void givesWhatTheWholeSoundGivesHoweverItIsDivided(
            @ForAll @IntRange(max = 5) int from,
            @ForAll @IntRange(max = 5) int to,
            @ForAll @IntRange(max = 3000) int length,
            @ForAll @IntRange(min = 1, max = 700) int longestPart,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] sound = SoundInParts.noise(length, seed);
        Resampler whole = Resampler.between(RATES[from], RATES[to]);
        PushResampler parts = PushResampler.between(RATES[from], RATES[to]);

        List<Integer> lengths = new ArrayList<>();
        int left = length;
        while (left > 0) {
            lengths.add(Math.min(left, random.nextInt(longestPart + 1)));
            left -= lengths.get(lengths.size() - 1);
        }
        float[] result = SoundInParts.collect(sound, lengths, parts::accept, parts::finish);

        assertThat(result).containsExactly(whole.resample(sound));
    }

    @Example
    void takesOnlySamplesThatAreThereAndNoneBehindTheEnd() {
        for (int rate : new int[] {8000, 16_000}) {
            PushResampler resampler = PushResampler.between(rate, 16_000);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> resampler.accept(new float[10], 5, 6));
            resampler.finish();
            assertThatIllegalStateException()
                    .isThrownBy(() -> resampler.accept(new float[10], 0, 10));
            assertThatIllegalStateException().isThrownBy(resampler::finish);
        }
    }
}
