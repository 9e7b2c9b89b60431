package io.github.djlctc.replica;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;

import io.github.djlctc.engine.Backpropagation;

import java.util.Optional;

/** One share of a batch on its way through the model and back. Used by one thread at a time. */
final class Replica implements AutoCloseable {

    private final NDManager manager;
    private final ReplicaParameters parameters;
    private NDList output = new NDList();

    private Replica(NDManager manager, ReplicaParameters parameters) {
        this.manager = manager;
        this.parameters = parameters;
    }

    /**
     * Creates the first replica, which has the model's own parameters.
     *
     * @param owner owns all that the replica makes until it is closed
     */
    static Replica first(NDManager owner, long[] seeds) {
        return of(owner.newSubManager(), Trained.OWN, seeds);
    }

    /** Creates a replica with gradients of its own. */
    static Replica other(NDManager owner, long[] seeds) {
        return of(owner.newSubManager(), Trained.ALIAS, seeds);
    }

    private enum Trained {
        OWN,
        ALIAS
    }

    private static Replica of(NDManager manager, Trained trained, long[] seeds) {
        return new Replica(
                manager,
                new ReplicaParameters(
                        manager,
                        array ->
                                trained == Trained.OWN
                                        ? array
                                        : owned(Backpropagation.leaf(array), manager),
                        array -> owned(array.duplicate(), manager),
                        seeds));
    }

    private static NDArray owned(NDArray array, NDManager manager) {
        array.attach(manager);
        return array;
    }

    NDManager manager() {
        return manager;
    }

    /** Runs a block in training, recording what {@link #backward} needs. */
    void forward(Block block, NDList data, NDList labels) {
        output =
                Backpropagation.record(
                        () ->
                                labels.isEmpty()
                                        ? block.forward(parameters, data, true)
                                        : block.forward(parameters, data, labels, null));
    }

    NDList output() {
        return output;
    }

    /** Propagates the gradients of some outputs back. */
    void backward(NDList outputs, NDList gradients) {
        Backpropagation.run(outputs, gradients);
    }

    /** Returns the gradient of a parameter of its own, if there is one. */
    Optional<NDArray> gradient(Parameter parameter) {
        return parameters.taken(parameter).flatMap(Backpropagation::gradient);
    }

    /** Returns the running statistics after the pass, if it has made some. */
    Optional<NDArray> running(Parameter parameter) {
        return parameters.taken(parameter);
    }

    @Override
    public void close() {
        manager.close();
    }
}
