package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SignalCacheTest {

    @ParameterizedTest
    @ValueSource(floats = {0.01f, 1, 3, 32768})
    void keepsSoundWithinHalfAStepOf16Bits(float peak) throws IOException {
        float[] samples = new float[1000];
        Random random = new Random(1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = peak * (2 * random.nextFloat() - 1);
        }
        samples[10] = peak;
        samples[20] = -peak;
        Waveform sound = new Waveform(samples, 8000);

        Waveform kept = (Waveform) new SignalCache(2000).keep(sound, () -> sound).read();

        float step = Math.max(1, peak) / 32767;
        assertThat(kept).isNotSameAs(sound);
        assertThat(kept.sampleRate()).isEqualTo(8000);
        assertThat(kept.samples()).containsExactly(samples, within(0.501f * step));
    }

    @Test
    void keepsFeaturesExactly() throws IOException {
        FeatureMatrix features = new FeatureMatrix(new float[] {1e-30f, -3.3f, 1e9f}, 3);

        Signal kept = new SignalCache(12).keep(features, () -> null).read();

        assertThat(((FeatureMatrix) kept).values()).containsExactly(1e-30f, -3.3f, 1e9f);
    }

    @Test
    void readsWhatDoesNotFitAgain() throws IOException {
        SignalCache cache = new SignalCache(100);
        Waveform tooLong = new Waveform(new float[51], 8000);
        Waveform half = new Waveform(new float[25], 8000);
        FeatureMatrix otherHalf = new FeatureMatrix(new float[12], 3);
        Utterance.Source source = () -> half;

        assertThat(cache.keep(tooLong, source)).isSameAs(source);
        assertThat(cache.keep(half, source)).isNotSameAs(source);
        assertThat(cache.keep(otherHalf, source).read()).isSameAs(otherHalf);
        assertThat(cache.keep(half, source)).isSameAs(source);
        assertThat(new SignalCache(0).keep(half, source)).isSameAs(source);
    }
}
