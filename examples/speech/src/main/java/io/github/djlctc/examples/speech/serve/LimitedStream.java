package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.audio.AudioStream;

import java.io.IOException;

/** A sound that may not be longer than a limit, whatever its header says. */
final class LimitedStream implements AudioStream {

    private final AudioStream sound;
    private final int seconds;
    private long samples;

    LimitedStream(AudioStream sound, int seconds) {
        this.sound = sound;
        this.seconds = seconds;
    }

    @Override
    public int sampleRate() {
        return sound.sampleRate();
    }

    /** Returns how much was read, in seconds. */
    double secondsRead() {
        return samples / (double) sampleRate();
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
        int read = sound.read(buffer, offset, length);
        samples += Math.max(0, read);
        if (samples > (long) seconds * sampleRate()) {
            throw Refusal.tooLarge("a file may last " + seconds + " s");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
