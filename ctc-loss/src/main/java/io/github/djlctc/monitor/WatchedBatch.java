package io.github.djlctc.monitor;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.training.loss.Loss;

import io.github.djlctc.loss.BatchLosses;
import io.github.djlctc.loss.CTCLoss;

import java.util.stream.Stream;

/**
 * What the monitor looks at in a batch of a trainer.
 *
 * @param loss the CTC loss, or the first one of a composite loss
 * @param labels the labels that it was given
 * @param predictions the predictions that it was given
 */
record WatchedBatch(CTCLoss loss, NDList labels, NDList predictions) {

    static WatchedBatch of(Trainer trainer, BatchData batch) {
        Device device = trainer.getDevices()[0];
        NDList labels = batch.getLabels().get(device);
        NDList predictions = batch.getPredictions().get(device);
        if (trainer.getLoss() instanceof AbstractCompositeLoss) {
            predictions = predictions.subNDList(0, Math.min(predictions.size(), 2));
        }
        return new WatchedBatch(ctcLoss(trainer.getLoss()), labels, predictions);
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
        loss.leaveOut(labels, predictions);
    }
}
