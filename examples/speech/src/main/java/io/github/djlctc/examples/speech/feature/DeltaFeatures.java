package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;

/**
 * Precomputed features with their first and second differences, normalised over the utterance.
 *
 * <p>The difference at frame t is the regression \( d_t = \sum_{k=1}^{2} k (c_{t+k} - c_{t-k}) / (2
 * \sum_{k=1}^{2} k^2) \) with the first and last frames repeated beyond the ends (Young et al.,
 * "The HTK Book", section 5.9; {@code torchaudio.functional.compute_deltas} with a window of 5).
 * Each of the three times as many values per frame is brought to mean 0 and deviation 1 over the
 * utterance.
 */
public final class DeltaFeatures implements FeatureExtractor {

    private static final int REACH = 2;
    private static final double VARIANCE_FLOOR = 1e-5;
    private static final int MAX_DIMENSIONS = 100_000;

    /** Far above any feature, and far below where differences overflow float32. */
    private static final float MAX_VALUE = 1e12f;

    private final int inputDimensions;
    private final double frameSeconds;

    /**
     * Creates the extractor.
     *
     * @param inputDimensions the values per frame of the precomputed features, 1 to 100,000
     * @param frameSeconds the time from one frame to the next in seconds, above 0
     * @throws IllegalArgumentException if a value is out of its range
     */
    public DeltaFeatures(int inputDimensions, double frameSeconds) {
        if (inputDimensions < 1
                || inputDimensions > MAX_DIMENSIONS
                || !(frameSeconds > 0 && Double.isFinite(frameSeconds))) {
            throw new IllegalArgumentException(
                    inputDimensions
                            + " values per frame every "
                            + frameSeconds
                            + " s: 1 to 100,000 values and a time above 0 expected");
        }
        this.inputDimensions = inputDimensions;
        this.frameSeconds = frameSeconds;
    }

    @Override
    public FeatureMatrix extract(Signal signal) {
        FeatureMatrix input = checked(signal);
        int frames = input.frames();
        int dimensions = dimensions();
        float[] values = new float[frames * dimensions];
        for (int t = 0; t < frames; t++) {
            System.arraycopy(
                    input.values(), t * inputDimensions, values, t * dimensions, inputDimensions);
        }
        addDifferences(values, frames, 0);
        addDifferences(values, frames, inputDimensions);
        normalise(values, frames);
        return new FeatureMatrix(values, dimensions);
    }

    /** Puts the differences of the columns that start at {@code from} beside them. */
    private void addDifferences(float[] values, int frames, int from) {
        int dimensions = dimensions();
        for (int t = 0; t < frames; t++) {
            for (int d = from; d < from + inputDimensions; d++) {
                double sum = 0;
                double weights = 0;
                for (int k = 1; k <= REACH; k++) {
                    int next = Math.min(t + k, frames - 1);
                    int previous = Math.max(t - k, 0);
                    sum += k * (values[next * dimensions + d] - values[previous * dimensions + d]);
                    weights += 2.0 * k * k;
                }
                values[t * dimensions + d + inputDimensions] = (float) (sum / weights);
            }
        }
    }

    private void normalise(float[] values, int frames) {
        int dimensions = dimensions();
        for (int d = 0; d < dimensions; d++) {
            double sum = 0;
            double squares = 0;
            for (int i = d; i < values.length; i += dimensions) {
                sum += values[i];
            }
            double mean = sum / frames;
            for (int i = d; i < values.length; i += dimensions) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            double scale = 1 / Math.sqrt(squares / frames + VARIANCE_FLOOR);
            for (int i = d; i < values.length; i += dimensions) {
                values[i] = (float) ((values[i] - mean) * scale);
            }
        }
    }

    private FeatureMatrix checked(Signal signal) {
        if (!(signal instanceof FeatureMatrix features)) {
            throw new UnsuitableSignalException(
                    "the model reads precomputed features, but was given sound");
        }
        if (features.dimensions() != inputDimensions) {
            throw new UnsuitableSignalException(
                    "the model reads "
                            + inputDimensions
                            + " values per frame, but was given "
                            + features.dimensions());
        }
        if (features.frames() == 0) {
            throw new UnsuitableSignalException("the features have no frames");
        }
        for (int i = 0; i < features.values().length; i++) {
            if (!(Math.abs(features.values()[i]) <= MAX_VALUE)) {
                throw new UnsuitableSignalException(
                        "frame "
                                + i / inputDimensions
                                + " holds the value "
                                + features.values()[i]
                                + " in dimension "
                                + i % inputDimensions);
            }
        }
        return features;
    }

    @Override
    public int frames(Signal signal) {
        return checked(signal).frames();
    }

    @Override
    public int dimensions() {
        return 3 * inputDimensions;
    }

    @Override
    public double frameSeconds() {
        return frameSeconds;
    }
}
