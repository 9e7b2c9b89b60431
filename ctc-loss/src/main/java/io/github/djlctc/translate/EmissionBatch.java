package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.emission.EmissionShape;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Emissions of samples whose shapes and lengths have been checked. */
final class EmissionBatch {

    private final NDArray emissions;

    /** From a frame of a sample to its next one, in rows of the emissions. */
    private final int frameStride;

    /** From a sample to the next one, in rows of the emissions. */
    private final int sampleStride;

    /** The number of valid frames of each sample. */
    private final int[] validFrames;

    private EmissionBatch(NDArray emissions, int frames, EmissionLayout layout, int[] validFrames) {
        this.emissions = emissions;
        this.validFrames = validFrames;
        boolean timeMajor = layout == EmissionLayout.TIME_MAJOR;
        frameStride = timeMajor ? validFrames.length : 1;
        sampleStride = timeMajor ? 1 : frames;
    }

    /**
     * Checks one sample.
     *
     * @param emissions scores of shape (T, C)
     */
    static EmissionBatch ofSample(NDArray emissions, Alphabet alphabet) {
        checkShape(emissions.getShape(), List.of("T", "C"), alphabet);
        int frames = Math.toIntExact(emissions.getShape().get(0));
        return new EmissionBatch(emissions, frames, EmissionLayout.BATCH_MAJOR, new int[] {frames});
    }

    /**
     * Checks a batch.
     *
     * @param emissions scores of shape (N, T, C), or (T, N, C) if time-major
     * @param lengths the valid frames of each sample, of shape (N), or null if all are valid
     */
    static EmissionBatch of(
            NDArray emissions, NDArray lengths, EmissionLayout layout, Alphabet alphabet) {
        int frames = frames(emissions, layout, alphabet);
        int samples = samples(emissions, layout);
        int[] valid = new int[samples];
        Arrays.fill(valid, frames);
        if (lengths != null) {
            valid = checked(read(lengths, samples), frames);
        }
        return new EmissionBatch(emissions, frames, layout, valid);
    }

    /** Checks a batch whose lengths, one for each sample, are known on the host. */
    static EmissionBatch of(
            NDArray emissions, long[] lengths, EmissionLayout layout, Alphabet alphabet) {
        int frames = frames(emissions, layout, alphabet);
        return new EmissionBatch(emissions, frames, layout, checked(lengths, frames));
    }

    /** Returns the number of frames, padding included, of emissions whose shape is checked here. */
    static int frames(NDArray emissions, EmissionLayout layout, Alphabet alphabet) {
        boolean timeMajor = layout == EmissionLayout.TIME_MAJOR;
        List<String> form = timeMajor ? List.of("T", "N", "C") : List.of("N", "T", "C");
        checkShape(emissions.getShape(), form, alphabet);
        return Math.toIntExact(emissions.getShape().get(timeMajor ? 0 : 1));
    }

    static int samples(NDArray emissions, EmissionLayout layout) {
        boolean timeMajor = layout == EmissionLayout.TIME_MAJOR;
        return Math.toIntExact(emissions.getShape().get(timeMajor ? 1 : 0));
    }

    NDArray emissions() {
        return emissions;
    }

    /** Returns the number of samples. */
    int size() {
        return validFrames.length;
    }

    int validFrames(int sample) {
        return validFrames[sample];
    }

    /** Returns where the scores of a frame are among the rows of C scores. */
    int row(int sample, int frame) {
        return sample * sampleStride + frame * frameStride;
    }

    /** Copies the valid frames of each sample from the device. */
    List<float[]> samples() {
        float[] all = HostArrays.readFloats(emissions);
        Shape shape = emissions.getShape();
        int classes = Math.toIntExact(shape.get(shape.dimension() - 1));
        List<float[]> samples = new ArrayList<>(size());
        for (int sample = 0; sample < size(); sample++) {
            samples.add(sample(all, sample, classes));
        }
        return samples;
    }

    private float[] sample(float[] all, int sample, int classes) {
        float[] values = new float[validFrames[sample] * classes];
        if (frameStride == 1) {
            System.arraycopy(all, row(sample, 0) * classes, values, 0, values.length);
            return values;
        }
        for (int frame = 0; frame < validFrames[sample]; frame++) {
            System.arraycopy(all, row(sample, frame) * classes, values, frame * classes, classes);
        }
        return values;
    }

    /**
     * Checks a shape.
     *
     * @param form the names of its dimensions, T for the frames; the classes are the last
     */
    private static void checkShape(Shape shape, List<String> form, Alphabet alphabet) {
        if (shape.dimension() != form.size()) {
            throw new IllegalArgumentException(
                    "emissions must have the shape ("
                            + String.join(", ", form)
                            + "), but have "
                            + shape);
        }
        long frames = shape.get(form.indexOf("T"));
        long classes = shape.get(form.size() - 1);
        EmissionShape.mismatch(frames, classes, alphabet.size())
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(
                                    "emissions " + shape + ": " + problem);
                        });
    }

    private static int[] checked(long[] lengths, int frames) {
        int[] valid = new int[lengths.length];
        for (int sample = 0; sample < valid.length; sample++) {
            if (lengths[sample] < 0 || lengths[sample] > frames) {
                throw new IllegalArgumentException(
                        "sample "
                                + sample
                                + ": the length is "
                                + lengths[sample]
                                + ", but the emissions have 0.."
                                + frames
                                + " frames; lengths count the frames that the model puts out");
            }
            valid[sample] = (int) lengths[sample];
        }
        return valid;
    }

    private static long[] read(NDArray lengths, int samples) {
        if (!lengths.getShape().equals(new Shape(samples))) {
            throw new IllegalArgumentException(
                    "lengths must have the shape ("
                            + samples
                            + "), but have "
                            + lengths.getShape());
        }
        DataType type = lengths.getDataType();
        if (type != DataType.INT64 && type != DataType.INT32) {
            throw new IllegalArgumentException("lengths must be int64 or int32, but are " + type);
        }
        return HostArrays.readLongs(lengths);
    }
}
