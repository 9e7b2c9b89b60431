package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.audio.AudioStream;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Shares the cores among streams: each gets its turn for one piece of sound, in the order of
 * asking. So a client that sends faster than real time is held back, and no other.
 */
final class FairShare {

    private final Semaphore cores;

    /**
     * Creates the shares.
     *
     * @param cores how many may work at once
     */
    FairShare(int cores) {
        this.cores = new Semaphore(cores, true);
    }

    /** Something that is done with a sound. */
    @FunctionalInterface
    interface SoundWork<T> {

        /**
         * Does it.
         *
         * @throws IOException if the sound cannot be read
         */
        T of(AudioStream sound) throws IOException;
    }

    /** Works when it is the caller's turn. */
    <T> T work(Supplier<T> work) {
        cores.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            cores.release();
        }
    }

    /**
     * Works on a whole sound, and lets the others have their turns in between, whenever more of the
     * sound is read.
     */
    <T> T work(AudioStream sound, SoundWork<T> work) throws IOException {
        cores.acquireUninterruptibly();
        try {
            return work.of(new YieldingStream(sound));
        } finally {
            cores.release();
        }
    }

    private final class YieldingStream implements AudioStream {

        private final AudioStream sound;

        YieldingStream(AudioStream sound) {
            this.sound = sound;
        }

        @Override
        public int sampleRate() {
            return sound.sampleRate();
        }

        @Override
        public int read(float[] buffer, int offset, int length) throws IOException {
            cores.release();
            try {
                return sound.read(buffer, offset, length);
            } finally {
                cores.acquireUninterruptibly();
            }
        }

        @Override
        public void close() throws IOException {
            sound.close();
        }
    }
}
