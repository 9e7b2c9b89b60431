package io.github.djlctc.replica;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;

import io.github.djlctc.host.HostArrays;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A trainer that gives each of several threads a share of every batch, on the CPU. PyTorch's own
 * threads divide single operators, and at the sizes of speech and handwriting models wait for each
 * other longer than they compute; replicas meet twice in a step.
 *
 * <p>A replica is the model over N/R of the samples. All use the same parameters; each but the
 * first has gradients of its own, which are added to the model's before {@code
 * GradientCollector.backward} returns. The loss is computed of the outputs of all replicas, so any
 * loss, evaluator and listener sees the batch as from DJL's trainer. It is used like that, with
 * {@link ai.djl.training.EasyTrain} or a loop of one's own:
 *
 * <pre>{@code
 * try (Trainer trainer = ReplicaTrainer.of(model, config, 4)) {
 *     trainer.initialize(shapes);
 *     EasyTrain.fit(trainer, epochs, trainingSet, validationSet);
 * }
 * }</pre>
 *
 * <p>Start PyTorch with one thread ({@code -Dai.djl.pytorch.num_threads=1}), or the replicas wait
 * for each other's operators.
 *
 * <ul>
 *   <li>The gradients are those of the whole batch but for rounding, whatever the number of
 *       replicas; so is what is dropped by {@link io.github.djlctc.nn.SampleDropout}, {@link
 *       io.github.djlctc.nn.PackedLSTM} and {@link io.github.djlctc.nn.ChunkedLSTM}. With the same
 *       number of replicas and the same seed of the engine, they are the same to the bit.
 *   <li>Batch normalisation normalises the samples of each replica by themselves, as with PyTorch's
 *       {@code DistributedDataParallel}; the running statistics are the mean over the replicas.
 *   <li>Inputs, labels and outputs must be arrays (N,...), the outputs with the same other
 *       dimensions in all replicas: targets (N,S), not one after another; no (T,N,C). That is
 *       checked.
 *   <li>Blocks take parameters from the {@code ParameterStore} that they are given, and keep
 *       nothing of a pass in fields. Operators that draw from the engine's generator, other than
 *       the above, do so in an order that differs from run to run.
 *   <li>The outputs begin a graph of their own: they must not be changed in place, {@code backward}
 *       is called once for all that is made of them, and what the inputs were computed from gets no
 *       gradient, unless it is outputs of this trainer. The collector must be that of {@link
 *       #newGradientCollector}; without it, a forward pass is DJL's, on one thread.
 * </ul>
 *
 * <p>The memory of a step is that of the whole batch, the gradients once more for each replica but
 * the first, and a second copy of the outputs.
 */
public final class ReplicaTrainer extends Trainer {

    private final int replicas;
    private final ReplicaThreads threads;
    private Optional<ReplicaGradientCollector> collecting = Optional.empty();
    private boolean initialized;

    private ReplicaTrainer(Model model, TrainingConfig config, int replicas) {
        super(model, config);
        this.replicas = replicas;
        threads = new ReplicaThreads(replicas);
    }

    /**
     * Creates a trainer, as {@link Model#newTrainer} does, with a replica for each core that the
     * JVM has on the CPU, and one elsewhere.
     *
     * @param model the model, of the PyTorch engine
     * @param config the configuration, with one device
     * @return the trainer
     * @throws IllegalArgumentException if the configuration has several devices, or the model has
     *     no block
     */
    public static ReplicaTrainer of(Model model, TrainingConfig config) {
        boolean onCpu = config.getDevices()[0].equals(Device.cpu());
        return of(model, config, onCpu ? Runtime.getRuntime().availableProcessors() : 1);
    }

    /**
     * Creates a trainer, as {@link Model#newTrainer} does.
     *
     * @param model the model, of the PyTorch engine
     * @param config the configuration, with one device
     * @param replicas the number of replicas, 1 or more; 1 on devices other than the CPU
     * @return the trainer
     * @throws IllegalArgumentException if the number is out of its range, the configuration has
     *     several devices, the model has no block, or, with several replicas, a block of the model
     *     is DJL's {@link Dropout} or a {@link SymbolBlock}, or the model is on another device
     */
    public static ReplicaTrainer of(Model model, TrainingConfig config, int replicas) {
        if (model.getBlock() == null) {
            throw new IllegalArgumentException("the model has no block: call setBlock first");
        }
        Device[] devices = config.getDevices();
        if (devices.length != 1) {
            throw new IllegalArgumentException(
                    "the configuration has " + devices.length + " devices, but replicas share one");
        }
        int most = devices[0].equals(Device.cpu()) ? Integer.MAX_VALUE : 1;
        if (replicas < 1 || replicas > most) {
            throw new IllegalArgumentException(
                    replicas
                            + " replicas on "
                            + devices[0]
                            + "; must be 1 or more on the CPU, and 1 elsewhere");
        }
        if (replicas > 1) {
            checkBlocks(model.getBlock());
            checkDevice(model.getNDManager().getDevice(), devices[0]);
        }
        prepare(model, config);
        return new ReplicaTrainer(model, config, replicas);
    }

    private static void checkBlocks(Block block) {
        if (block instanceof SymbolBlock) {
            throw new IllegalArgumentException(
                    "the model has a block "
                            + block.getClass().getName()
                            + ", whose mode and gradients all threads share; train it with one"
                            + " replica");
        }
        if (block instanceof Dropout) {
            throw new IllegalArgumentException(
                    "the model has a block "
                            + Dropout.class.getName()
                            + ", which would draw in an order that differs from run to run; take"
                            + " io.github.djlctc.nn.SampleDropout in its place");
        }
        block.getChildren().values().forEach(ReplicaTrainer::checkBlocks);
    }

    private static void checkDevice(Device ofModel, Device ofTrainer) {
        if (!ofModel.equals(ofTrainer)) {
            throw new IllegalArgumentException(
                    "the model is on "
                            + ofModel
                            + ", but the configuration has "
                            + ofTrainer
                            + ": replicas use the model's own parameters, which must be there");
        }
    }

    /** Has DJL do to the model what it does before it creates a trainer. */
    private static void prepare(Model model, TrainingConfig config) {
        DefaultTrainingConfig same =
                new DefaultTrainingConfig(config.getLossFunction()).optDevices(config.getDevices());
        for (Pair<Initializer, Predicate<Parameter>> pair : config.getInitializers()) {
            same.optInitializer(pair.getKey(), pair.getValue());
        }
        model.newTrainer(same).close();
    }

    /** {@inheritDoc} */
    @Override
    public void initialize(Shape... shapes) {
        super.initialize(shapes);
        initialized = true;
    }

    /** {@inheritDoc} */
    @Override
    public GradientCollector newGradientCollector() {
        ReplicaGradientCollector collector =
                new ReplicaGradientCollector(super.newGradientCollector(), this::endCollecting);
        collecting = Optional.of(collector);
        return collector;
    }

    private void endCollecting() {
        collecting = Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.djlctc.engine.TensorMismatchException if there are several replicas, and
     *     the inputs or outputs are not all (N,...)
     */
    @Override
    public NDList forward(NDList input) {
        return forward(input, new NDList());
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.djlctc.engine.TensorMismatchException if there are several replicas, and
     *     the inputs, labels or outputs are not all (N,...)
     */
    @Override
    public NDList forward(NDList data, NDList labels) {
        NDList given = labels == null ? new NDList() : labels;
        if (collecting.isEmpty() || !getDevices()[0].equals(Device.cpu())) {
            return given.isEmpty() ? super.forward(data) : super.forward(data, given);
        }
        long begin = System.nanoTime();
        if (!initialized) {
            // The trainer updates the parameters that it has seen.
            initialize(data.getShapes());
        }
        Shards shards = new Shards(data.head().getShape().get(0), replicas);
        if (shards.count() > 1) {
            shards.check("input", data);
            shards.check("label", given);
        }
        NDList output = forward(shards, data, given);
        addMetric("forward", begin);
        return output;
    }

    private NDList forward(Shards shards, NDList data, NDList labels) {
        Block block = getModel().getBlock();
        long[] seeds = seeds(data);
        if (shards.count() == 1) {
            ReplicaParameters parameters = ReplicaParameters.own(data.head().getManager(), seeds);
            return labels.isEmpty()
                    ? block.forward(parameters, data, true)
                    : block.forward(parameters, data, labels, null);
        }
        ReplicatedPass pass = ReplicatedPass.forward(block, threads, shards, data, labels, seeds);
        collecting.orElseThrow().add(pass);
        return pass.outputs();
    }

    /** Draws the seeds of the samples, by the engine's generator. */
    private static long[] seeds(NDList data) {
        NDManager manager = data.head().getManager();
        Shape samples = new Shape(data.head().getShape().get(0));
        try (NDArray drawn = manager.randomInteger(0, Long.MAX_VALUE, samples, DataType.INT64)) {
            return HostArrays.readLongs(drawn);
        }
    }

    /** Ends the threads and releases what the trainer holds. */
    @Override
    public void close() {
        try {
            super.close();
        } finally {
            threads.close();
        }
    }
}
