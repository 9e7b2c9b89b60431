package io.github.djlctc.replica;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Propagates back through the loss as DJL does, and then through the replicas. */
final class ReplicaGradientCollector implements GradientCollector {

    private final GradientCollector collector;
    private final Runnable onClose;
    private final List<ReplicatedPass> passes = new ArrayList<>();

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
        collector.backward(target);
        Iterator<ReplicatedPass> all = passes.iterator();
        while (all.hasNext()) {
            ReplicatedPass pass = all.next();
            if (pass.backward()) {
                all.remove();
                pass.close();
            }
        }
    }

    @Override
    public void zeroGradients() {
        collector.zeroGradients();
    }

    @Override
    public void close() {
        passes.forEach(ReplicatedPass::close);
        passes.clear();
        onClose.run();
        collector.close();
    }
}
