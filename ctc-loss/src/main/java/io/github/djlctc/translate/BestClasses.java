package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleCheck;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.host.HostArrays;

/** The likeliest class of each frame of a batch, found on its device, and brought to the host. */
final class BestClasses {

    private static final int LEAST = 2;
    private static final int GREATEST = 3;
    private static final int SUM = 4;

    private final EmissionScale scale;
    private final int samples;
    private final int frames;

    /**
     * Of each frame of each sample: the id (exact in float32 up to 2^24 classes), its log
     * probability where scores are logits, the least and the greatest score, and their sum; all ids
     * first.
     */
    private final float[] values;

    private BestClasses(EmissionScale scale, int samples, int frames, float[] values) {
        this.scale = scale;
        this.samples = samples;
        this.frames = frames;
        this.values = values;
    }

    /**
     * Finds them.
     *
     * @param emissions scores of shape (N, T, C)
     */
    static BestClasses of(NDArray emissions, EmissionScale scale) {
        int samples = Math.toIntExact(emissions.getShape().get(0));
        int frames = Math.toIntExact(emissions.getShape().get(1));
        float[] values = emissions.isEmpty() ? new float[0] : read(emissions);
        return new BestClasses(scale, samples, frames, values);
    }

    private static float[] read(NDArray emissions) {
        int[] classes = {2};
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray scores = emissions.toType(DataType.FLOAT32, false);
            NDArray ids = scores.argMax(2).toType(DataType.FLOAT32, false);
            NDArray logProbabilities = scores.logSoftmax(2).max(classes);
            NDArray least = scores.min(classes);
            NDArray greatest = scores.max(classes);
            NDArray sums = scores.sum(classes);
            return HostArrays.readFloats(
                    NDArrays.stack(new NDList(ids, logProbabilities, least, greatest, sums)));
        }
    }

    /** Checks that the valid frames of a sample are of the scale that was promised. */
    void checkScale(int sample, int validFrames) {
        EmissionScaleCheck check = new EmissionScaleCheck(scale);
        try {
            for (int frame = 0; frame < validFrames; frame++) {
                check.checkFrame(
                        frame,
                        value(LEAST, sample, frame),
                        value(GREATEST, sample, frame),
                        value(SUM, sample, frame));
            }
            check.endPart(0, validFrames);
        } catch (EmissionScaleException e) {
            throw e.ofSample(sample);
        }
    }

    int id(int sample, int frame) {
        return (int) value(0, sample, frame);
    }

    /** Returns the natural logarithm of its probability; NaN where no class is best. */
    double logProbability(int sample, int frame) {
        if (scale == EmissionScale.LOGITS) {
            return value(1, sample, frame);
        }
        return Math.log(value(GREATEST, sample, frame) / (double) value(SUM, sample, frame));
    }

    private float value(int kind, int sample, int frame) {
        return values[(kind * samples + sample) * frames + frame];
    }
}
