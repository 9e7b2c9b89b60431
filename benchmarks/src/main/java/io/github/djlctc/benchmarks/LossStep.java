package io.github.djlctc.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/** A contender with a batch of its own. */
final class LossStep implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager();
    private final LossContender contender;
    private final NDArray logits;
    private final NDArray targets;

    LossStep(LossContender contender, LossSize size) {
        this.contender = contender;
        logits = size.logits(manager, contender.layout());
        targets = size.targets(manager);
    }

    /** Computes the loss without what back-propagation needs. */
    double forward() {
        JniUtils.setGradMode(false);
        try (NDArray loss = contender.evaluate(logits, targets)) {
            return loss.getFloat();
        }
    }

    /** Computes the loss and its gradient. */
    double forwardBackward() {
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            // New logits each time: gradients would be added to those of the last step.
            NDArray fresh = logits.stopGradient();
            fresh.attach(step);
            fresh.setRequiresGradient(true);
            NDArray loss = contender.evaluate(fresh, targets);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
