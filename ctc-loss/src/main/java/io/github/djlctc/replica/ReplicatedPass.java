package io.github.djlctc.replica;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;

import io.github.djlctc.engine.Backpropagation;
import io.github.djlctc.host.HostArrays;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A batch on its way through the replicas of a model and back.
 *
 * <p>The caller gets the outputs of all replicas joined, as arrays whose gradients stop there. So
 * the loss is that of the whole batch, and back-propagation of it is one of the loss alone; {@link
 * #backward} then hands the gradients of the outputs on to the replicas.
 */
final class ReplicatedPass implements AutoCloseable {

    private final Block block;
    private final ReplicaThreads threads;
    private final Shards shards;
    private final List<Replica> replicas = new ArrayList<>();
    private NDList joined = new NDList();

    private ReplicatedPass(Block block, ReplicaThreads threads, Shards shards) {
        this.block = block;
        this.threads = threads;
        this.shards = shards;
    }

    /**
     * Runs the model in training on a batch.
     *
     * @param data the inputs, each (N,...)
     * @param labels the labels, each (N,...), if the model is to see them; or none
     * @param seeds a seed for each sample
     * @return the pass, to be closed before the manager of the data
     */
    static ReplicatedPass forward(
            Block block,
            ReplicaThreads threads,
            Shards shards,
            NDList data,
            NDList labels,
            long[] seeds) {
        ReplicatedPass pass = new ReplicatedPass(block, threads, shards);
        boolean done = false;
        try {
            pass.run(data, labels, seeds);
            done = true;
            return pass;
        } finally {
            if (!done) {
                pass.close();
            }
        }
    }

    private void run(NDList data, NDList labels, long[] seeds) {
        NDManager owner = data.head().getManager();
        for (int r = 0; r < shards.count(); r++) {
            long[] own = shards.of(seeds, r);
            replicas.add(r == 0 ? Replica.first(owner, own) : Replica.other(owner, own));
        }
        threads.run(
                replicas.size(),
                r -> {
                    Replica replica = replicas.get(r);
                    NDList inputs = shards.of(data, r, replica.manager());
                    replica.forward(block, inputs, shards.of(labels, r, replica.manager()));
                });
        for (int r = 0; r < replicas.size(); r++) {
            shards.checkShare("output", replicas.get(r).output(), r);
        }
        averageRunningStatistics();
        joined = join(owner);
    }

    /** As replicas normalise each by its own samples, their statistics differ. */
    private void averageRunningStatistics() {
        for (Parameter parameter : parameters().values()) {
            if (ReplicaParameters.isRunning(parameter)
                    && replicas.get(0).running(parameter).isPresent()) {
                try (NDManager scratch = parameter.getArray().getManager().newSubManager()) {
                    NDArray mean = parameter.getArray().zerosLike();
                    mean.attach(scratch);
                    for (int r = 0; r < replicas.size(); r++) {
                        NDArray own = replicas.get(r).running(parameter).orElseThrow();
                        NDArray part = own.mul(shards.share(r));
                        part.attach(scratch);
                        mean.addi(part);
                    }
                    parameter.getArray().set(new NDIndex("..."), mean);
                }
            }
        }
    }

    private NDList join(NDManager owner) {
        NDList all = new NDList();
        for (int i = 0; i < replicas.get(0).output().size(); i++) {
            try (NDManager scratch = owner.newSubManager()) {
                NDList parts = new NDList();
                for (Replica replica : replicas) {
                    NDArray part = replica.output().get(i).stopGradient();
                    part.attach(scratch);
                    parts.add(part);
                }
                NDArray whole = NDArrays.concat(parts, 0);
                whole.attach(owner);
                if (whole.getDataType().isFloating()) {
                    whole.setRequiresGradient(true);
                }
                all.add(whole);
            }
        }
        return all;
    }

    /** Returns the outputs of all samples, which the caller closes. */
    NDList outputs() {
        return joined;
    }

    /**
     * Propagates the gradients that the outputs have back through the replicas, and adds up those
     * of the parameters, always in the same order.
     *
     * @return false, and nothing is done, if no output has a gradient yet
     */
    boolean backward() {
        List<Integer> places = new ArrayList<>();
        NDList gradients = new NDList();
        for (int i = 0; i < joined.size(); i++) {
            if (joined.get(i).getDataType().isFloating()) {
                Optional<NDArray> gradient = Backpropagation.gradient(joined.get(i));
                if (gradient.isPresent()) {
                    places.add(i);
                    gradients.add(gradient.get());
                }
            }
        }
        try (gradients) {
            if (!gradients.isEmpty()) {
                threads.run(replicas.size(), r -> backward(replicas.get(r), r, places, gradients));
                addGradients();
            }
        }
        return !places.isEmpty();
    }

    /** Sets the gradients that were taken to 0, to notice later ones. */
    void clearGradients() {
        forEachGradient(gradient -> gradient.set(new NDIndex("..."), 0f));
    }

    /**
     * Checks that no more gradients have come.
     *
     * @throws IllegalStateException if some have
     */
    void checkNoGradients() {
        forEachGradient(
                gradient -> {
                    try (NDArray magnitudes = gradient.abs();
                            NDArray sum = magnitudes.sum()) {
                        if (HostArrays.readScalar(sum) != 0) {
                            throw new IllegalStateException(
                                    "outputs of the model were propagated back a second time: add"
                                            + " up the losses, and call backward once");
                        }
                    }
                });
    }

    private void forEachGradient(Consumer<NDArray> action) {
        for (NDArray output : joined) {
            if (!output.isReleased() && output.getDataType().isFloating()) {
                Backpropagation.gradient(output)
                        .ifPresent(
                                gradient -> {
                                    try (gradient) {
                                        action.accept(gradient);
                                    }
                                });
            }
        }
    }

    private void backward(Replica replica, int r, List<Integer> places, NDList gradients) {
        NDList outputs = new NDList();
        places.forEach(i -> outputs.add(replica.output().get(i)));
        replica.backward(outputs, shards.of(gradients, r, replica.manager()));
    }

    /** Each thread adds up the gradients of some parameters. */
    private void addGradients() {
        List<Parameter> trained =
                parameters().values().stream().filter(Parameter::requiresGradient).toList();
        int parts = Math.min(replicas.size(), Math.max(1, trained.size()));
        threads.run(
                parts,
                part -> {
                    for (int i = part; i < trained.size(); i += parts) {
                        addGradients(trained.get(i));
                    }
                });
    }

    private void addGradients(Parameter parameter) {
        for (Replica replica : replicas.subList(1, replicas.size())) {
            replica.gradient(parameter)
                    .ifPresent(gradient -> Backpropagation.add(parameter.getArray(), gradient));
        }
    }

    /** Returns the parameters in the order of the blocks, shared ones once. */
    private Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        block.getParameters().values().forEach(p -> parameters.putIfAbsent(p.getId(), p));
        return parameters;
    }

    /** Releases what the replicas hold; the outputs stay. */
    @Override
    public void close() {
        replicas.forEach(Replica::close);
    }
}
