package io.github.djlctc.examples.speech.live;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PauseDetectorTest {

    private static final int RATE = 8000;

    private final PauseDetector detector = new PauseDetector(RATE);
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(floats = {0, 0.01f, -0.25f})
    void tellsSpeechFromPausesWhateverTheOffsetOfTheSamples(float offset) {
        hear(1, 0.0005, offset);
        assertThat(detector.pauseSeconds()).isCloseTo(1, within(1e-9));

        hear(2, 0.02, offset);
        assertThat(detector.speechSeconds()).isCloseTo(2, within(1e-9));

        hear(0.5, 0.0005, offset);
        assertThat(detector.pauseSeconds()).isCloseTo(0.5, within(1e-9));
    }

    private void hear(double seconds, double loudness, float offset) {
        for (int i = 0; i < seconds * RATE; i++) {
            detector.accept((float) (offset + loudness * random.nextGaussian()));
        }
    }
}
