package io.github.djlctc.replica;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import java.util.ArrayList;
import java.util.List;

/** Propagates back through the loss as DJL does, and then through the replicas. */
final class ReplicaGradientCollector implements GradientCollector {

    private final GradientCollector collector;
    private final Runnable onClose;
    private final List<ReplicatedPass> passes = new ArrayList<>();
    private final List<ReplicatedPass> spent = new ArrayList<>();

    /**
     * Creates a collector.
     *
     * @param collector DJL's collector, which this one closes
     * @param onClose told when this one is closed
     */
    ReplicaGradientCollector(GradientCollector collector, Runnable onClose) {
        this.collector = collector;
        this.onClose = onClose;
    }

    /** Takes a pass to go back through; it is closed afterwards, or with this. */
    void add(ReplicatedPass pass) {
        passes.add(pass);
    }

    @Override
    public void backward(NDArray target) {
        spent.forEach(ReplicatedPass::clearGradients);
        collector.backward(target);
        spent.forEach(ReplicatedPass::checkNoGradients);
        // The newest first: it may have been given outputs of an older one.
        for (int i = passes.size() - 1; i >= 0; i--) {
            ReplicatedPass pass = passes.get(i);
            if (pass.backward()) {
                passes.remove(i);
                pass.close();
                spent.add(pass);
            }
        }
    }

    @Override
    public void zeroGradients() {
        collector.zeroGradients();
    }

    @Override
    public void close() {
        try (collector) {
            onClose.run();
            passes.forEach(ReplicatedPass::close);
        } finally {
            passes.clear();
            spent.clear();
        }
    }
}
