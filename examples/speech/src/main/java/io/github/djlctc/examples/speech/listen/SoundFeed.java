package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.audio.AudioStream;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads a sound on a thread of its own, a little ahead, so that who takes it can look up in between
 * and stop.
 */
public final class SoundFeed {

    private static final int BLOCKS = 40;
    private static final double BLOCK_SECONDS = 0.05;

    private final AudioStream sound;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);

    /** Samples, or the end, with its reason. */
    private static final class Block {

        private final float[] samples;
        private final boolean last;
        private final IOException failure;

        private Block(float[] samples, boolean last, IOException failure) {
            this.samples = samples;
            this.last = last;
            this.failure = failure;
        }
    }

    /**
     * Starts to read.
     *
     * @param sound the sound; the thread closes it at its end
     */
    public SoundFeed(AudioStream sound) {
        this.sound = sound;
        Thread thread = new Thread(this::run, "sound-feed");
        // A read from a pipe that stays silent cannot be interrupted.
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Block last = new Block(new float[0], true, null);
        float[] buffer = new float[(int) Math.ceil(BLOCK_SECONDS * sound.sampleRate())];
        try (sound) {
            for (int count = 0; count >= 0; count = sound.read(buffer, 0, buffer.length)) {
                blocks.put(new Block(Arrays.copyOf(buffer, count), false, null));
            }
        } catch (IOException e) {
            last = new Block(new float[0], true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            blocks.put(last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes the next sound, and waits a moment for it.
     *
     * @return samples, none of them if there were none in time; nothing at the end
     * @throws IOException if reading failed
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<float[]> take() throws IOException, InterruptedException {
        Block block = blocks.poll(100, TimeUnit.MILLISECONDS);
        if (block == null) {
            return Optional.of(new float[0]);
        }
        if (block.failure != null) {
            throw block.failure;
        }
        return block.last ? Optional.empty() : Optional.of(block.samples);
    }
}
