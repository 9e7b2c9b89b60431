package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A batch of emissions whose shapes and lengths have been checked. */
final class EmissionBatch {

    private final NDArray emissions;

    /** The number of valid frames of each sample. */
    private final int[] validFrames;

    private EmissionBatch(NDArray emissions, int[] validFrames) {
        this.emissions = emissions;
        this.validFrames = validFrames;
    }

    /**
     * Checks a batch.
     *
     * @param emissions scores of shape (N, T, C)
     * @param lengths the valid frames of each sample, of shape (N), or null if all are valid
     */
    static EmissionBatch of(NDArray emissions, NDArray lengths, Alphabet alphabet) {
        checkShape(emissions.getShape(), alphabet);
        int samples = Math.toIntExact(emissions.getShape().get(0));
        int frames = Math.toIntExact(emissions.getShape().get(1));
        return new EmissionBatch(emissions, validFrames(lengths, samples, frames));
    }

    /** Returns the number of samples. */
    int size() {
        return validFrames.length;
    }

    /** Returns the number of frames, padding included. */
    int frames() {
        return Math.toIntExact(emissions.getShape().get(1));
    }

    int validFrames(int sample) {
        return validFrames[sample];
    }

    /** Copies the valid frames of each sample from the device. */
    List<float[]> samples() {
        float[] all = HostArrays.readFloats(emissions);
        int classes = Math.toIntExact(emissions.getShape().get(2));
        List<float[]> samples = new ArrayList<>(size());
        for (int sample = 0; sample < size(); sample++) {
            int from = sample * frames() * classes;
            samples.add(Arrays.copyOfRange(all, from, from + validFrames[sample] * classes));
        }
        return samples;
    }

    private static void checkShape(Shape shape, Alphabet alphabet) {
        if (shape.dimension() != 3) {
            throw new IllegalArgumentException(
                    "emissions must have the shape (N, T, C), but have " + shape);
        }
        if (shape.get(2) != alphabet.size()) {
            throw new IllegalArgumentException(
                    "emissions "
                            + shape
                            + " have "
                            + shape.get(2)
                            + " classes, but the alphabet has "
                            + alphabet.size()
                            + " tokens, the blank included; use the alphabet that the model was"
                            + " trained with");
        }
    }

    private static int[] validFrames(NDArray lengths, int samples, int frames) {
        int[] valid = new int[samples];
        if (lengths == null) {
            Arrays.fill(valid, frames);
            return valid;
        }
        if (!lengths.getShape().equals(new Shape(samples))) {
            throw new IllegalArgumentException(
                    "lengths must have the shape ("
                            + samples
                            + "), but have "
                            + lengths.getShape());
        }
        long[] values = longs(lengths);
        for (int sample = 0; sample < samples; sample++) {
            if (values[sample] < 0 || values[sample] > frames) {
                throw new IllegalArgumentException(
                        "sample "
                                + sample
                                + ": the length is "
                                + values[sample]
                                + ", but the emissions have 0.."
                                + frames
                                + " frames; lengths count the frames that the model puts out");
            }
            valid[sample] = (int) values[sample];
        }
        return valid;
    }

    private static long[] longs(NDArray lengths) {
        DataType type = lengths.getDataType();
        if (type != DataType.INT64 && type != DataType.INT32) {
            throw new IllegalArgumentException("lengths must be int64 or int32, but are " + type);
        }
        return HostArrays.readLongs(lengths);
    }
}
