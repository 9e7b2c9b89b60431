package io.github.djlctc.monitor;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.training.loss.Loss;

import io.github.djlctc.loss.BatchLosses;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.IntermediateCTCLoss;

import java.util.stream.Stream;

/**
 * What the monitor looks at in a batch of a trainer.
 *
 * @param loss the CTC loss, or the first one of a composite loss
 * @param labels the labels that it was given
 * @param predictions the predictions that it was given
 * @param leavingOut takes the batch out of the means of all losses that are known to have it
 */
record WatchedBatch(CTCLoss loss, NDList labels, NDList predictions, Runnable leavingOut) {

    static WatchedBatch of(Trainer trainer, BatchData batch) {
        Device device = trainer.getDevices()[0];
        NDList labels = batch.getLabels().get(device);
        NDList predictions = batch.getPredictions().get(device);
        CTCLoss loss = ctcLoss(trainer.getLoss());
        NDList watched =
                trainer.getLoss() instanceof AbstractCompositeLoss
                        ? predictions.subNDList(0, Math.min(predictions.size(), 2))
                        : predictions;
        Runnable leavingOut =
                trainer.getLoss() instanceof IntermediateCTCLoss intermediate
                        ? () -> intermediate.leaveOut(labels, predictions)
                        : () -> loss.leaveOut(labels, watched);
        return new WatchedBatch(loss, labels, watched, leavingOut);
    }

    /** Returns the CTC loss of a trainer; without one, an {@link IllegalStateException}. */
    static CTCLoss ctcLoss(Loss loss) {
        Stream<Loss> losses =
                loss instanceof AbstractCompositeLoss composite
                        ? composite.getComponents().stream()
                        : Stream.of(loss);
        return losses.filter(CTCLoss.class::isInstance)
                .map(CTCLoss.class::cast)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the monitor needs a CTCLoss, but the trainer's loss is a "
                                                + loss.getClass().getName()));
    }

    BatchLosses losses() {
        return loss.losses(labels, predictions);
    }

    /** Takes the batch out of the means of the loss. */
    void leaveOut() {
        leavingOut.run();
    }
}
