package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCPrograms.Output;

import java.util.Arrays;

/**
 * A batch of which no target has an alignment, for want of frames or since logits of minus infinity
 * rule out its labels, under {@link InfeasiblePolicy#ZERO}. The losses are 0, and the gradient is
 * but for one element, which is so small that no optimizer moves a parameter by it: DJL's trainers
 * take gradients that are all 0 at the first step for a missing back-propagation, and end training.
 */
final class NothingFeasible implements LossAlgorithm {

    static final NothingFeasible INSTANCE = new NothingFeasible();

    private static final double TINY = 1e-30;

    private NothingFeasible() {}

    /** Tells whether no target of a batch has enough frames, and back-propagation is to follow. */
    static boolean applies(CTCBatch batch, LossSettings settings) {
        boolean none = settings.dropsInfinite() && PyTorch.isRecording();
        for (int n = 0; none && n < batch.size(); n++) {
            none = !batch.hasEnoughFrames(n);
        }
        return none;
    }

    @Override
    public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(logits, batch, settings, Output.REDUCED);
    }

    @Override
    public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(logits, batch, settings, Output.PER_SAMPLE);
    }

    private static Evaluation run(
            NDArray logits, CTCBatch batch, LossSettings settings, Output output) {
        long[] losses = new long[batch.size()];
        Arrays.fill(losses, Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
        long[] numbers = CTCPrograms.numbers(batch, settings, output, true, losses);
        try (NDManager scratch = logits.getManager().newSubManager();
                NDManager host = scratch.newSubManager(Device.cpu())) {
            NDArray gradient = gradient(scratch, logits, batch, settings);
            NDList arguments = new NDList(logits, gradient, host.create(numbers));
            return Evaluation.of(CTCPrograms.ATTACH.run(arguments), output);
        }
    }

    private static NDArray gradient(
            NDManager owner, NDArray logits, CTCBatch batch, LossSettings settings) {
        DataType type =
                logits.getDataType() == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
        NDArray gradient = owner.zeros(logits.getShape(), type);
        int longest = 0;
        for (int n = 1; n < batch.size(); n++) {
            longest = batch.inputLength(n) > batch.inputLength(longest) ? n : longest;
        }
        // In a first frame, which models take for padding least of all.
        int[] frame = settings.isTimeMajor() ? new int[] {0, longest} : new int[] {longest, 0};
        int label = finiteLogit(owner, logits, frame);
        gradient.set(new NDIndex(frame[0], frame[1], label), TINY);
        return gradient;
    }

    /** Returns a class whose logit is finite: behind an infinite one, the gradient may be NaN. */
    private static int finiteLogit(NDManager owner, NDArray logits, int[] frame) {
        try (NDManager scratch = owner.newSubManager();
                NDArray detached = logits.stopGradient()) {
            detached.attach(scratch);
            NDArray row = detached.get(new NDIndex(frame[0], frame[1]));
            double[] values = HostArrays.readDoubles(row.toType(DataType.FLOAT64, false));
            for (int c = 0; c < values.length; c++) {
                if (Double.isFinite(values[c])) {
                    return c;
                }
            }
            return 0;
        }
    }
}
