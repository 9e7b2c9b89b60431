package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.dataset.CTCBatch;
import io.github.djlctc.engine.TorchScriptProgram;

/** PyTorch's native operator, on any device: {@link CTCAlgorithm#DENSE} and COMPACT. */
final class NativeAlgorithm implements LossAlgorithm {

    static final NativeAlgorithm DENSE =
            new NativeAlgorithm(
                    CTCPrograms.DENSE,
                    (manager, batch, blank) -> manager.create(batch.concatenatedTargets()));
    static final NativeAlgorithm COMPACT =
            new NativeAlgorithm(CTCPrograms.COMPACT, CompactColumns::create);

    /** Makes the second argument of a program. */
    private interface Ids {
        NDArray create(NDManager manager, CTCBatch batch, int blank);
    }

    private final TorchScriptProgram program;
    private final Ids ids;

    private NativeAlgorithm(TorchScriptProgram program, Ids ids) {
        this.program = program;
        this.ids = ids;
    }

    @Override
    public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
        return Evaluation.of(run(logits, batch, settings), 0, 1);
    }

    @Override
    public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
        return Evaluation.of(run(logits, batch, settings), 1, 0);
    }

    private NDList run(NDArray logits, CTCBatch batch, LossSettings settings) {
        try (NDManager device = logits.getManager().newSubManager(logits.getDevice());
                NDManager host = logits.getManager().newSubManager(Device.cpu())) {
            return program.run(
                    new NDList(
                            logits,
                            ids.create(device, batch, settings.blank()),
                            host.create(CTCPrograms.integers(batch, settings)),
                            host.create(CTCPrograms.reals(batch, settings))));
        }
    }
}
