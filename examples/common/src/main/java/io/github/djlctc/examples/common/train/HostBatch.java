package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;

import java.util.Arrays;
import java.util.List;

/**
 * Samples padded to the longest of them, on the host: features (N,T,F) padded with 0, targets (N,S)
 * padded with -1, and the lengths of both.
 */
final class HostBatch {

    private static final long NO_CLASS = -1;

    private final float[] features;
    private final Shape featureShape;
    private final long[] frames;
    private final long[] targets;
    private final Shape targetShape;
    private final long[] labels;

    /**
     * Pads samples.
     *
     * @param features the features (T,F) of each sample, row by row
     * @param targets the class ids of each sample
     * @param dimensions F
     */
    HostBatch(List<float[]> features, List<long[]> targets, int dimensions) {
        frames = features.stream().mapToLong(values -> values.length / dimensions).toArray();
        labels = targets.stream().mapToLong(target -> target.length).toArray();
        featureShape = new Shape(frames.length, longest(frames), dimensions);
        targetShape = new Shape(labels.length, longest(labels));
        this.features = new float[Math.toIntExact(featureShape.size())];
        this.targets = new long[Math.toIntExact(targetShape.size())];
        Arrays.fill(this.targets, NO_CLASS);
        int row = this.features.length / Math.max(1, frames.length);
        int targetRow = this.targets.length / Math.max(1, frames.length);
        for (int n = 0; n < frames.length; n++) {
            float[] values = features.get(n);
            long[] target = targets.get(n);
            System.arraycopy(values, 0, this.features, n * row, values.length);
            System.arraycopy(target, 0, this.targets, n * targetRow, target.length);
        }
    }

    private static long longest(long[] lengths) {
        return Arrays.stream(lengths).max().orElse(0);
    }

    /** Returns [features (N,T,F) on the device of the manager, lengths (N) on the CPU]. */
    NDList data(NDManager manager) {
        return new NDList(
                manager.create(features, featureShape),
                HostArrays.create(manager, frames, new Shape(frames.length)));
    }

    /** Returns [targets (N,S), lengths (N)] on the CPU. */
    NDList labels(NDManager manager) {
        return new NDList(
                HostArrays.create(manager, targets, targetShape),
                HostArrays.create(manager, labels, new Shape(labels.length)));
    }
}
