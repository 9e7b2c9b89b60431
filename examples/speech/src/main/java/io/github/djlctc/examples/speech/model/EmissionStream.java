package io.github.djlctc.examples.speech.model;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.examples.speech.feature.LogMelFilterbank;
import io.github.djlctc.examples.speech.feature.LogMelStream;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.nn.FrameStream;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The logits of sound that arrives in parts: those that the model gives for all of it at once, but
 * for rounding, each as soon as the {@linkplain SpeechModel#lookaheadSeconds() sound that it
 * depends on} is there.
 *
 * <p>A stream takes the same memory however long the sound is. It is for one thread at a time; any
 * number of streams may share a model.
 */
public final class EmissionStream implements AutoCloseable {

    private final int sampleRate;
    private final int dimensions;
    private final LogMelStream features;
    private final NDManager manager;
    private final FrameStream layers;

    EmissionStream(LogMelFilterbank filterbank, Model model) {
        sampleRate = filterbank.sampleRate();
        dimensions = filterbank.dimensions();
        features = filterbank.openStream();
        manager = model.getNDManager().newSubManager();
        layers = FrameStream.open(model.getBlock(), manager);
    }

    /**
     * Takes the next samples, all of them or, if one is refused, none.
     *
     * @param samples holds them, at the model's rate, from -1 to 1
     * @param offset the first
     * @param length how many, 0 or more
     * @return the logits (frames, C), row by row, that are final with them; maybe none
     * @throws IndexOutOfBoundsException if there are no such samples
     * @throws io.github.djlctc.examples.speech.feature.UnsuitableSignalException if one of the
     *     samples is not finite or beyond 1e12
     * @throws IllegalStateException after {@link #finish}
     */
    public float[] accept(float[] samples, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, samples.length);
        features.check(samples, offset, length);
        float[] all = new float[0];
        // A second at a time, so that a long part needs no more memory than its logits.
        for (int from = 0; from < length; from += sampleRate) {
            int count = Math.min(sampleRate, length - from);
            all = joined(all, emissions(features.accept(samples, offset + from, count)));
        }
        return all;
    }

    /**
     * Ends the sound.
     *
     * @return the rest of the logits; none if there was no sample
     * @throws IllegalStateException if called again
     */
    public float[] finish() {
        float[] before = emissions(features.finish());
        return joined(before, read(layers.finish()));
    }

    private float[] emissions(float[] frames) {
        if (frames.length == 0) {
            return frames;
        }
        Shape shape = new Shape(1, frames.length / dimensions, dimensions);
        try (NDArray input = manager.create(frames, shape)) {
            return read(layers.accept(input));
        }
    }

    private static float[] read(Optional<NDArray> logits) {
        if (logits.isEmpty()) {
            return new float[0];
        }
        try (NDArray array = logits.get()) {
            return HostArrays.readFloats(array);
        }
    }

    private static float[] joined(float[] first, float[] second) {
        if (first.length == 0) {
            return second;
        }
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Releases what the stream keeps. */
    @Override
    public void close() {
        layers.close();
        manager.close();
    }
}
