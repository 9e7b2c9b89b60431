package io.github.djlctc.examples.speech.audio;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

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
        float[] sound = new float[length];
        for (int i = 0; i < length; i++) {
            sound[i] = random.nextFloat() * 2 - 1;
        }
        Resampler whole = Resampler.between(RATES[from], RATES[to]);
        PushResampler parts = PushResampler.of(whole);

        float[] result = new float[0];
        int position = 0;
        while (position < length) {
            int next = Math.min(length, position + random.nextInt(longestPart + 1));
            result = join(result, parts.accept(Arrays.copyOfRange(sound, position, next)));
            position = next;
        }
        result = join(result, parts.finish());

        assertThat(result).containsExactly(whole.resample(sound));
    }

    private static float[] join(float[] one, float[] other) {
        float[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
