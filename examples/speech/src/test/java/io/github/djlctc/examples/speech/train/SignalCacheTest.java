package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class SignalCacheTest {

    @Test
    void keepsSoundOf16BitsExactlyInTwoBytesASample() throws IOException {
        float[] samples = new float[1 << 16];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (i - 32768) / 32768f;
        }
        Waveform sound = new Waveform(samples, 8000);

        Waveform kept =
                (Waveform)
                        new SignalCache(new MemoryBudget(2L << 16))
                                .keep(Optional.empty(), sound, () -> null)
                                .read();

        assertThat(kept).isNotSameAs(sound);
        assertThat(kept.sampleRate()).isEqualTo(8000);
        assertThat(kept.samples()).containsExactly(samples);
    }

    @ParameterizedTest
    @ValueSource(floats = {1, -1.5f, 0.1f, 32768, 1e30f, Float.NaN})
    void keepsOtherSoundAsItIs(float sample) throws IOException {
        Waveform sound = new Waveform(new float[] {0.5f, sample}, 8000);
        Utterance.Source source = () -> null;

        assertThat(
                        new SignalCache(new MemoryBudget(8))
                                .keep(Optional.empty(), sound, source)
                                .read())
                .isSameAs(sound);
        assertThat(new SignalCache(new MemoryBudget(7)).keep(Optional.empty(), sound, source))
                .isSameAs(source);
    }

    @Test
    void keepsFeaturesExactly() throws IOException {
        FeatureMatrix features = new FeatureMatrix(new float[] {1e-30f, -3.3f, 1e9f}, 3);

        Signal kept =
                new SignalCache(new MemoryBudget(12))
                        .keep(Optional.empty(), features, () -> null)
                        .read();

        assertThat(((FeatureMatrix) kept).values()).containsExactly(1e-30f, -3.3f, 1e9f);
    }

    @Test
    void readsWhatDoesNotFitAgain() throws IOException {
        SignalCache cache = new SignalCache(new MemoryBudget(100));
        Waveform tooLong = new Waveform(new float[51], 8000);
        Waveform half = new Waveform(new float[25], 8000);
        FeatureMatrix otherHalf = new FeatureMatrix(new float[12], 3);
        Utterance.Source source = () -> half;

        assertThat(cache.keep(Optional.empty(), tooLong, source)).isSameAs(source);
        assertThat(cache.keep(Optional.empty(), half, source)).isNotSameAs(source);
        assertThat(cache.keep(Optional.empty(), otherHalf, source).read()).isSameAs(otherHalf);
        assertThat(cache.keep(Optional.empty(), half, source)).isSameAs(source);
        assertThat(new SignalCache(new MemoryBudget(0)).keep(Optional.empty(), half, source))
                .isSameAs(source);
    }
}
