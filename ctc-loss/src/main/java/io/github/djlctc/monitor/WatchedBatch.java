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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the monitor looks at in a batch of a trainer.
 *
 * @param loss the CTC loss, or the first one of a composite loss
 * @param labels the labels that it was given
 * @param predictions the predictions that it was given
 * @param ofHeads gives the losses of its intermediate heads, and computes them if needed
 * @param leavingOut takes the batch out of the means of all losses that are known to have it
 */
record WatchedBatch(
        CTCLoss loss,
        NDList labels,
        NDList predictions,
        Supplier<List<BatchLosses>> ofHeads,
        Runnable leavingOut) {

    static WatchedBatch of(Trainer trainer, BatchData batch) {
        Device device = trainer.getDevices()[0];
        NDList labels = batch.getLabels().get(device);
        NDList predictions = batch.getPredictions().get(device);
        CTCLoss loss = ctcLoss(trainer.getLoss());
        NDList watched =
                trainer.getLoss() instanceof AbstractCompositeLoss
                        ? predictions.subNDList(0, Math.min(predictions.size(), 2))
                        : predictions;
        if (trainer.getLoss() instanceof IntermediateCTCLoss intermediate) {
            return new WatchedBatch(
                    loss,
                    labels,
                    watched,
                    () -> intermediate.headLosses(labels, predictions),
                    () -> intermediate.leaveOut(labels, predictions));
        }
        Runnable leavingOut = () -> loss.leaveOut(labels, watched);
        return new WatchedBatch(loss, labels, watched, List::of, leavingOut);
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

    /** Returns the losses of the output, which are given, and of the heads. */
    List<BatchLosses> allLosses(BatchLosses ofOutput) {
        List<BatchLosses> all = new ArrayList<>(List.of(ofOutput));
        all.addAll(ofHeads.get());
        return all;
    }

    /** Takes the batch out of the means of the loss. */
    void leaveOut() {
        leavingOut.run();
    }
}
