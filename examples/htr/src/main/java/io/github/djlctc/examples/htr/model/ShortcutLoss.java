package io.github.djlctc.examples.htr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.util.Pair;

import io.github.djlctc.loss.CTCLoss;

import java.util.List;

/**
 * The CTC loss of a model with a CTC shortcut: that of its output, and a share of that of the
 * auxiliary head.
 *
 * <p>Predictions are {@code [logits (N,T,C), lengths (N), auxiliary logits (N,T,C)]}. The mean over
 * an epoch is that of the output alone, so that it can be compared with other models and with the
 * validation loss.
 */
final class ShortcutLoss extends AbstractCompositeLoss {

    private static final int OUTPUT = 0;

    private final CTCLoss output;
    private final CTCLoss auxiliary;
    private final float weight;

    ShortcutLoss(CTCLoss output, float weight) {
        super("CTCLoss with shortcut");
        this.output = output;
        this.weight = weight;
        auxiliary = CTCLoss.builder().optBlank(output.blank()).build();
        components = List.of(output, auxiliary);
    }

    @Override
    protected Pair<NDList, NDList> inputForComponent(
            int componentIndex, NDList labels, NDList predictions) {
        NDArray logits = predictions.get(componentIndex == OUTPUT ? 0 : 2);
        return new Pair<>(labels, new NDList(logits, predictions.get(1)));
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray loss =
                output.evaluate(labels, inputForComponent(OUTPUT, labels, predictions).getValue());
        NDArray share =
                auxiliary.evaluate(labels, inputForComponent(1, labels, predictions).getValue());
        // Back-propagation reads the factor again, when an array over Java's memory may be freed;
        // ones() allocates memory of the engine.
        try (NDArray factor = share.getManager().ones(new Shape()).muli(weight)) {
            return loss.add(share.mul(factor));
        }
    }

    @Override
    public float getAccumulator(String key) {
        return output.getAccumulator(key);
    }
}
