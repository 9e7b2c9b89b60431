package io.github.djlctc.examples.speech.audio;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResampledStreamTest {

    @Property(tries = 300, seed = "1")
    void givesTheBitsOfTheWholeSoundHoweverItIsRead(
            @ForAll @IntRange(max = 3000) int length,
            @ForAll @IntRange(min = 1, max = 60) int in,
            @ForAll @IntRange(min = 1, max = 60) int out,
            @ForAll @IntRange(min = 1, max = 700) int most,
            @ForAll @IntRange(max = 1000) int seed)
            throws IOException {
        float[] sound = SoundInParts.noise(length, seed);

        float[] streamed = resample(sound, in, out, most, seed);

        assertThat(streamed).isEqualTo(Resampler.between(in, out).resample(sound));
    }

    @ParameterizedTest
    @CsvSource({
        "44100, 16000",
        "48000, 16000",
        "8000, 16000",
        "11025, 16000",
        "22050, 16000",
        "16000, 8000",
        "384000, 1000",
        "1000, 384000",
        "16000, 16000",
    })
    void givesTheBitsOfTheWholeSoundAtUsualRates(int in, int out) throws IOException {
        float[] sound = SoundInParts.noise(20_000, 1);

        float[] streamed = resample(sound, in, out, 5000, 1);

        assertThat(streamed).isEqualTo(Resampler.between(in, out).resample(sound));
    }

    @Test
    void givesASampleAsSoonAsTheFilterHasAllItReachesOver() throws IOException {
        float[] sound = SoundInParts.noise(1000, 1);
        ArrayStream source = new ArrayStream(sound, 48_000, 1, new Random(1));
        AudioStream stream = ResampledStream.of(source, 16_000);

        stream.read(new float[100], 0, 100);

        assertThat(source.position()).isEqualTo(3 * 27);
    }

    @Test
    void closesItsSourceAndRefusesEmptyReads() throws IOException {
        ArrayStream source = new ArrayStream(SoundInParts.noise(10, 1), 8000, 5, new Random(1));
        AudioStream stream = ResampledStream.of(source, 16_000);

        assertThatThrownBy(() -> stream.read(new float[10], 5, 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> stream.read(new float[10], 5, 0))
                .isInstanceOf(IllegalArgumentException.class);
        stream.close();
        assertThat(source.isClosed()).isTrue();
    }

    private static float[] resample(float[] sound, int in, int out, int most, int seed)
            throws IOException {
        Random random = new Random(seed);
        ArrayStream source = new ArrayStream(sound, in, most, random);
        AudioStream stream = ResampledStream.of(source, out);
        assertThat(stream.sampleRate()).isEqualTo(out);
        return ArrayStream.readAll(stream, most, random);
    }
}
