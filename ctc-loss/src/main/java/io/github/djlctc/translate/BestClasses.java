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
    private static final int KINDS = 5;

    private final EmissionScale scale;
    private final EmissionBatch batch;

    /**
     * Of each row of scores: the id (exact in float32 up to 2^24 classes), its log probability
     * where scores are logits, the least and the greatest score, and their sum; all ids first.
     */
    private final float[] values;

    private BestClasses(EmissionScale scale, EmissionBatch batch, float[] values) {
        this.scale = scale;
        this.batch = batch;
        this.values = values;
    }

    /** Finds those of all frames, the padding included. */
    static BestClasses of(EmissionBatch batch, EmissionScale scale) {
        NDArray emissions = batch.emissions();
        float[] values = emissions.isEmpty() ? new float[0] : read(emissions);
        return new BestClasses(scale, batch, values);
    }

    private static float[] read(NDArray emissions) {
        int axis = emissions.getShape().dimension() - 1;
        int[] classes = {axis};
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray scores = emissions.toType(DataType.FLOAT32, false);
            NDArray ids = scores.argMax(axis).toType(DataType.FLOAT32, false);
            NDArray logProbabilities = scores.logSoftmax(axis).max(classes);
            NDArray least = scores.min(classes);
            NDArray greatest = scores.max(classes);
            NDArray sums = scores.sum(classes);
            return HostArrays.readFloats(
                    NDArrays.stack(new NDList(ids, logProbabilities, least, greatest, sums)));
        }
    }

    /** Checks that the valid frames of a sample are of the scale that was promised. */
    void checkScale(int sample) {
        int validFrames = batch.validFrames(sample);
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
        return values[kind * (values.length / KINDS) + batch.row(sample, frame)];
    }
}
