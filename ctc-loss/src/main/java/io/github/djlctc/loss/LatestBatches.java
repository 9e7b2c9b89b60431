package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDList;

import io.github.djlctc.batch.CTCBatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The batch that was evaluated last on each device, so that metrics need not evaluate it again. */
final class LatestBatches {

    private final Map<Device, EvaluatedBatch> batches = new ConcurrentHashMap<>();

    /** Keeps a batch in place of the one before it on the same device, which is closed. */
    void keep(EvaluatedBatch batch) {
        EvaluatedBatch previous = batches.put(batch.device(), batch);
        if (previous != null) {
            previous.close();
        }
    }

    /**
     * Returns the losses of the kept batch that was evaluated on the same array objects, if there
     * is one.
     */
    Optional<BatchLosses> losses(NDList labels, NDList predictions) {
        for (EvaluatedBatch batch : batches.values()) {
            Optional<BatchLosses> losses = batch.lossesOf(labels, predictions);
            if (losses.isPresent()) {
                return losses;
            }
        }
        return Optional.empty();
    }

    /** Marks the kept batches of the same array objects as left out of means, and returns them. */
    List<CTCBatch> leaveOut(NDList labels, NDList predictions) {
        List<CTCBatch> leftOut = new ArrayList<>();
        for (EvaluatedBatch batch : batches.values()) {
            if (batch.leaveOut(labels, predictions)) {
                leftOut.add(batch.batch());
            }
        }
        return leftOut;
    }
}
