package io.github.djlctc.examples.speech.feature;

import ai.djl.ndarray.NDManager;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Waveform;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LogMelFilterbankTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "16000, 40, 400, 160, 512, 3300",
        "8000, 40, 200, 80, 256, 2000",
        "11025, 30, 276, 110, 512, 900",
        "44100, 24, 1103, 441, 2048, 1000",
    })
    void equalsItsDefinition(
            int sampleRate, int mels, int window, int hop, int fftSize, int samples) {
        float[] sound = chirpInNoise(samples);

        FeatureMatrix features =
                new LogMelFilterbank(sampleRate, mels).extract(new Waveform(sound, sampleRate));

        double[][] expected =
                new DirectLogMel(sampleRate, mels, window, hop, fftSize).extract(sound);
        assertThat(features.frames()).isEqualTo(expected.length);
        for (int t = 0; t < expected.length; t++) {
            for (int m = 0; m < mels; m++) {
                assertThat((double) features.values()[t * mels + m])
                        .as("frame %d, mel %d", t, m)
                        .isCloseTo(expected[t][m], within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 79, 80, 81, 159, 160, 161, 8000})
    void hasAFrameAtEveryHop(int samples) {
        LogMelFilterbank extractor = new LogMelFilterbank(8000, 20);
        Waveform sound = new Waveform(chirpInNoise(samples), 8000);

        FeatureMatrix features = extractor.extract(sound);

        assertThat(features.frames()).isEqualTo(1 + samples / 80);
        assertThat(extractor.frames(sound)).isEqualTo(features.frames());
        assertThat(features.dimensions()).isEqualTo(20);
        for (float value : features.values()) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void makesSilenceZero() {
        FeatureMatrix features =
                new LogMelFilterbank(8000, 20).extract(new Waveform(new float[4000], 8000));

        assertThat(features.values()).containsOnly(0f);
    }

    @Test
    void doesNotDependOnTheLevel() {
        LogMelFilterbank extractor = new LogMelFilterbank(8000, 20);
        float[] sound = chirpInNoise(2000);
        float[] louder = new float[sound.length];
        for (int i = 0; i < sound.length; i++) {
            louder[i] = 1000 * sound[i];
        }

        float[] values = extractor.extract(new Waveform(sound, 8000)).values();
        float[] loud = extractor.extract(new Waveform(louder, 8000)).values();

        for (int i = 0; i < values.length; i++) {
            assertThat(loud[i]).isCloseTo(values[i], within(2e-3f));
        }
    }

    @Test
    void leavesNoArrayBehind() {
        LogMelFilterbank extractor = new LogMelFilterbank(8000, 20);
        Waveform sound = new Waveform(chirpInNoise(2000), 8000);
        extractor.extract(sound);
        int before = manager.getParentManager().getManagedArrays().size();

        extractor.extract(sound);

        assertThat(manager.getParentManager().getManagedArrays()).hasSize(before);
    }

    @Test
    void namesSignalsThatItCannotUse() {
        LogMelFilterbank extractor = new LogMelFilterbank(16000, 40);

        assertThatThrownBy(() -> extractor.extract(new Waveform(new float[800], 8000)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage(
                        "the model reads sound at 16000 Hz, but was given 8000 Hz; resample it"
                                + " first");
        assertThatThrownBy(() -> extractor.extract(new FeatureMatrix(new float[26], 13)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("the model reads sound, but was given precomputed features");
        assertThatThrownBy(() -> extractor.extract(new Waveform(new float[0], 16000)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("the sound has no samples");
    }

    @ParameterizedTest
    @ValueSource(
            floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e20f, -3e38f})
    void namesSamplesThatAreNoSound(float sample) {
        LogMelFilterbank extractor = new LogMelFilterbank(16000, 40);
        float[] samples = new float[800];
        samples[300] = sample;
        Waveform sound = new Waveform(samples, 16000);

        assertThatThrownBy(() -> extractor.extract(sound))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessageContaining("sample 300 is " + sample);
        assertThatThrownBy(() -> extractor.frames(sound))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessageContaining("sample 300 is " + sample);
    }

    @Test
    void rejectsFiltersThatTheSpectrumCannotResolve() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelFilterbank(8000, 200))
                .withMessageContaining(
                        "200 mel filters are too many for the 129 frequencies at 8000 Hz")
                .withMessageContaining("use fewer filters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelFilterbank(8000, Integer.MAX_VALUE))
                .withMessageContaining("use fewer filters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelFilterbank(8000, 0))
                .withMessageContaining("8000 Hz with 0 mel filters");
        assertThatIllegalArgumentException().isThrownBy(() -> new LogMelFilterbank(999, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogMelFilterbank(Integer.MAX_VALUE, 10));
    }

    /** Returns a tone that rises over the whole spectrum, in noise 20 dB below it. */
    private static float[] chirpInNoise(int samples) {
        Random random = new Random(samples);
        float[] sound = new float[samples];
        for (int i = 0; i < samples; i++) {
            double phase = Math.PI * i * (double) i / 2 / samples;
            sound[i] = (float) (0.4 * Math.sin(phase) + 0.03 * random.nextGaussian());
        }
        return sound;
    }
}
