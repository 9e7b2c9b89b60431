package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.examples.speech.audio.AudioStream;

import java.io.IOException;
import java.util.Arrays;

/** The part of a sound that is still needed. Positions are samples from the start of the sound. */
final class SoundBuffer {

    private static final int READ_SAMPLES = 1 << 14;

    private final AudioStream sound;
    private float[] samples = new float[READ_SAMPLES];
    private int held;
    private long first;
    private boolean ended;

    SoundBuffer(AudioStream sound) {
        this.sound = sound;
    }

    /** Reads until the sample before a position is there, or the sound has ended. */
    void fillTo(long position) throws IOException {
        while (!ended && end() < position) {
            if (samples.length - held < READ_SAMPLES) {
                samples = Arrays.copyOf(samples, 2 * samples.length);
            }
            int wanted = (int) Math.min(samples.length - held, position - end());
            int read = sound.read(samples, held, wanted);
            if (read < 0) {
                ended = true;
            } else {
                held += read;
            }
        }
    }

    /** Forgets what lies before a position. */
    void dropBefore(long position) {
        int dropped = (int) (position - first);
        System.arraycopy(samples, dropped, samples, 0, held - dropped);
        held -= dropped;
        first = position;
    }

    int sampleRate() {
        return sound.sampleRate();
    }

    /** Returns the position of the first sample that is held. */
    long first() {
        return first;
    }

    /** Returns the position behind the last sample that was read. */
    long end() {
        return first + held;
    }

    double secondsRead() {
        return end() / (double) sampleRate();
    }

    float[] copy(long from, long to) {
        return Arrays.copyOfRange(samples, (int) (from - first), (int) (to - first));
    }
}
