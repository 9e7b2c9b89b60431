package io.github.djlctc.examples.speech.listen;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import static org.assertj.core.api.Assertions.assertThat;

class RawSoundTest {

    /** 0, 1, -1, the largest and the smallest sample, and half of one. */
    private static final byte[] BYTES = {0, 0, 1, 0, -1, -1, -1, 127, 0, -128, 7};

    @Test
    void readsTheLowByteFirstAndLeavesHalfASample() throws IOException {
        RawSound sound = new RawSound(new ByteArrayInputStream(BYTES), 8000);
        float[] samples = new float[8];

        assertThat(sound.sampleRate()).isEqualTo(8000);
        assertThat(sound.read(samples, 1, 7)).isEqualTo(5);
        assertThat(samples)
                .containsExactly(0, 0, 1 / 32768f, -1 / 32768f, 32767 / 32768f, -1, 0, 0);
        assertThat(sound.read(samples, 0, 8)).isEqualTo(-1);
    }

    @Test
    void readsStreamsThatGiveAByteAtATime() throws IOException {
        InputStream slow =
                new ByteArrayInputStream(BYTES) {
                    @Override
                    public synchronized int read(byte[] bytes, int offset, int length) {
                        return super.read(bytes, offset, Math.min(1, length));
                    }
                };
        RawSound sound = new RawSound(slow, 8000);
        float[] samples = new float[5];
        for (int i = 0; i < 5; i++) {
            assertThat(sound.read(samples, i, 5 - i)).isEqualTo(1);
        }

        assertThat(samples).containsExactly(0, 1 / 32768f, -1 / 32768f, 32767 / 32768f, -1);
        assertThat(sound.read(samples, 0, 5)).isEqualTo(-1);
    }
}
