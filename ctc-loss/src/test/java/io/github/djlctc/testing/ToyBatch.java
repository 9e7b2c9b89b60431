package io.github.djlctc.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Samples on the host, all of as many frames, whose features and targets tests may change. */
public final class ToyBatch {

    private final int frames;
    private final int featuresPerFrame;
    private final long firstIndex;

    /** Feature f of frame t of sample n at (n * frames + t) * featuresPerFrame + f. */
    private final float[] features;

    /** The labels of each sample, without padding. */
    private final long[][] targets;

    /**
     * Creates samples.
     *
     * @param frames the number of frames of each sample
     * @param features the features, sample by sample and frame by frame
     * @param targets the labels of each sample
     * @param firstIndex the index of the first sample in the data set
     */
    public ToyBatch(int frames, float[] features, long[][] targets, long firstIndex) {
        this.frames = frames;
        this.features = features;
        this.targets = targets;
        this.firstIndex = firstIndex;
        featuresPerFrame = features.length / targets.length / frames;
    }

    /** Returns the number of samples. */
    public int size() {
        return targets.length;
    }

    /** Returns the labels of a sample. */
    public long[] target(int sample) {
        return targets[sample].clone();
    }

    /** Changes a feature. */
    public void setFeature(int sample, int frame, int feature, float value) {
        features[(sample * frames + frame) * featuresPerFrame + feature] = value;
    }

    /** Multiplies all features of a sample. */
    public void scale(int sample, float factor) {
        int row = frames * featuresPerFrame;
        for (int i = sample * row; i < (sample + 1) * row; i++) {
            features[i] *= factor;
        }
    }

    /** Changes the labels of a sample. */
    public void setTarget(int sample, long... labels) {
        targets[sample] = labels.clone();
    }

    /** Gives a sample as many equal labels as frames, which need twice as many frames less one. */
    public void setLongTarget(int sample) {
        targets[sample] = LongStream.range(0, frames).map(s -> 1).toArray();
    }

    /** Returns a copy of some of the samples. */
    public ToyBatch part(int from, int to) {
        int row = frames * featuresPerFrame;
        float[] copiedFeatures = Arrays.copyOfRange(features, from * row, to * row);
        long[][] copiedTargets = Arrays.copyOfRange(targets, from, to);
        return new ToyBatch(frames, copiedFeatures, copiedTargets, firstIndex + from);
    }

    /** Returns a copy with features that are all 0. */
    public ToyBatch withoutSound() {
        return new ToyBatch(frames, new float[features.length], targets.clone(), firstIndex);
    }

    /** Returns a copy of the features. */
    public float[] features() {
        return features.clone();
    }

    /** Returns the features (N,T,F). */
    public NDArray features(NDManager manager) {
        return manager.create(features, new Shape(size(), frames, featuresPerFrame));
    }

    /** Returns the targets (N,S), padded with -1. */
    public NDArray targets(NDManager manager) {
        int longest = Arrays.stream(targets).mapToInt(target -> target.length).max().orElse(0);
        long[] padded = new long[size() * longest];
        Arrays.fill(padded, -1);
        for (int n = 0; n < size(); n++) {
            System.arraycopy(targets[n], 0, padded, n * longest, targets[n].length);
        }
        return manager.create(padded, new Shape(size(), longest));
    }

    /** Returns the samples as a data set with batches of one. */
    public ArrayDataset dataset(NDManager manager) {
        return new ArrayDataset.Builder()
                .setData(features(manager))
                .optLabels(targets(manager))
                .setSampling(1, false)
                .build();
    }

    /** Returns the indices of the samples in the data set. */
    List<Long> indices() {
        return LongStream.range(firstIndex, firstIndex + size()).boxed().toList();
    }
}
