package io.github.djlctc.loss;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An algorithm on a device and, for batches that its memory is too small for, the one on the host.
 *
 * <p>PyTorch's operator keeps T (2 S + 1) forward and as many backward variables for every sample,
 * 1.9 GB for one of 60,000 frames and 1,000 labels; the host keeps those of some frames.
 */
final class NativeOrHost implements LossAlgorithm {

    static final NativeOrHost INSTANCE =
            new NativeOrHost(NativeAlgorithm.COMPACT, HostDetour.INSTANCE);

    private static final Logger logger = LoggerFactory.getLogger(NativeOrHost.class);

    private final LossAlgorithm onDevice;
    private final LossAlgorithm onHost;

    NativeOrHost(LossAlgorithm onDevice, LossAlgorithm onHost) {
        this.onDevice = onDevice;
        this.onHost = onHost;
    }

    @Override
    public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(algorithm -> algorithm.reduced(logits, batch, settings), batch);
    }

    @Override
    public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(algorithm -> algorithm.perSample(logits, batch, settings), batch);
    }

    private interface Computation {
        Evaluation by(LossAlgorithm algorithm);
    }

    private Evaluation run(Computation computation, CTCBatch batch) {
        try {
            return computation.by(onDevice);
        } catch (EngineException e) {
            if (!PyTorch.isOutOfMemory(e)) {
                throw e;
            }
            logger.warn("on the host instead: {}", new LossMemoryException(batch, e).getMessage());
            return computation.by(onHost);
        }
    }
}
