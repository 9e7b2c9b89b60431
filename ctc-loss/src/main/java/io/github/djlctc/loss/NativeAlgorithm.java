package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.loss.CTCPrograms.Output;

import java.util.Arrays;

/** PyTorch's native operator, on any device: {@link CTCAlgorithm#DENSE} and COMPACT. */
final class NativeAlgorithm implements LossAlgorithm {

    static final NativeAlgorithm DENSE =
            new NativeAlgorithm(CTCPrograms.DENSE, NativeAlgorithm::targets);
    static final NativeAlgorithm COMPACT =
            new NativeAlgorithm(CTCPrograms.COMPACT, CompactColumns::toProgramArgument);

    /** Makes what a program needs of the targets. */
    private interface Ids {
        long[] create(CTCBatch batch, int blank);
    }

    private final TorchScriptProgram program;
    private final Ids ids;

    private NativeAlgorithm(TorchScriptProgram program, Ids ids) {
        this.program = program;
        this.ids = ids;
    }

    @Override
    public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(logits, batch, settings, Output.REDUCED);
    }

    @Override
    public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(logits, batch, settings, Output.PER_SAMPLE);
    }

    private Evaluation run(NDArray logits, CTCBatch batch, LossSettings settings, Output output) {
        long[] numbers = numbers(batch, settings, output, PyTorch.isRecording());
        try (NDManager host = logits.getManager().newSubManager(Device.cpu())) {
            NDList arguments = new NDList(logits, host.create(numbers));
            return Evaluation.of(program.run(arguments), output);
        }
    }

    long[] numbers(CTCBatch batch, LossSettings settings, Output output, boolean recording) {
        long[] own = ids.create(batch, settings.blank());
        return CTCPrograms.numbers(batch, settings, output, recording, own);
    }

    /** The argument of {@code ctc_dense.py}: rows of the blank and the target. */
    private static long[] targets(CTCBatch batch, int blank) {
        int longest = 1;
        for (int n = 0; n < batch.size(); n++) {
            longest = Math.max(longest, batch.targetLength(n));
        }
        int width = longest + 1;
        long[] rows = new long[Math.multiplyExact(batch.size(), width)];
        Arrays.fill(rows, blank);
        for (int n = 0; n < batch.size(); n++) {
            long[] target = batch.target(n);
            System.arraycopy(target, 0, rows, n * width + 1, target.length);
        }
        return rows;
    }
}
