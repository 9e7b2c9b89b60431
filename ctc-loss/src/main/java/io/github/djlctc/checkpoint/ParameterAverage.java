package io.github.djlctc.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.host.HostArrays;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The exponential moving average of a model's parameters, which often makes fewer errors than the
 * parameters themselves, whose last steps are noise in part.
 *
 * <p>It begins with the parameters as they are. Then, for update t = 1, 2, ... with the parameters
 * w and the decay d:
 *
 * <p>\( d_t = \min\left(d, \frac{1 + t}{10 + t}\right) \)<br>
 * \( a \leftarrow d_t \, a + (1 - d_t) \, w \)
 *
 * <p>Averaging: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992;
 * \( d_t \) is that of TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates}: the
 * first updates forget the initial parameters quickly. With d = 0.999 the average is over about the
 * latest 1,000 updates, and \( d_t \) reaches d at update 8,990; in short runs it is the warm-up
 * that decides, which averages about a ninth of the updates so far.
 *
 * <p>All parameters of floating types are averaged, also those that are not trained: the running
 * statistics of batch normalisation were gathered with the parameters of the same updates, so their
 * average suits that of the others. Frozen parameters stay as they are to the last bit, as does all
 * that does not change. Parameters of other types have no average; the model keeps its own. A
 * parameter that several blocks share is averaged once.
 *
 * <p>An update is one program that runs one operator over all parameters in place. It needs no
 * memory, and neither reads a value back from the device nor waits for it. The average takes as
 * much memory as the parameters, on their device, as long as the model's manager lives or until
 * {@link #close()}. The average of float32 is in float32: updates smaller than its resolution, \(
 * 2^{-24} \) of the value, are lost.
 *
 * <p>To be resumed exactly, it is saved with {@link TrainingCheckpoint#withAverage}. Not for use by
 * several threads.
 */
public final class ParameterAverage implements AutoCloseable {

    private static final TorchScriptProgram UPDATE =
            TorchScriptProgram.ofResource(ParameterAverage.class, "average_parameters.py");
    private static final TorchScriptProgram EXCHANGE =
            TorchScriptProgram.ofResource(ParameterAverage.class, "exchange_arrays.py");

    private static final Set<DataType> FLOATING =
            EnumSet.of(DataType.FLOAT16, DataType.FLOAT32, DataType.FLOAT64);

    private final Block block;
    private final double decay;
    private final NDManager manager;
    private final List<Entry> entries = new ArrayList<>();
    private int updates;
    private Averaged inUse;

    private ParameterAverage(Block block, double decay, List<Pair<String, Parameter>> averaged) {
        this.block = block;
        this.decay = decay;
        manager = averaged.get(0).getValue().getArray().getManager().newSubManager();
        for (Pair<String, Parameter> named : averaged) {
            Parameter parameter = named.getValue();
            // A copy of the parameter itself would be part of the graph of back-propagation.
            try (NDArray detached = parameter.getArray().stopGradient()) {
                NDArray array = detached.duplicate();
                array.attach(manager);
                entries.add(new Entry(named.getKey(), parameter, array));
            }
        }
    }

    /**
     * Begins an average with the parameters as they are.
     *
     * @param block the model, whose parameters are initialised
     * @param decay d, from 0 (no average: the latest parameters) to below 1; 0.99 to 0.9999 as a
     *     rule
     * @return the average, to be closed by the caller
     * @throws IllegalArgumentException if the decay is out of range, or no parameter is of a
     *     floating type
     * @throws IllegalStateException if a parameter is not initialised
     */
    public static ParameterAverage of(Block block, double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "the decay of the average is " + decay + ", but must be from 0 to below 1");
        }
        List<Pair<String, Parameter>> averaged = averaged(block);
        if (averaged.isEmpty()) {
            throw new IllegalArgumentException(
                    "no parameter of "
                            + block.getClass().getName()
                            + " is of a floating type, so there is nothing to average");
        }
        return new ParameterAverage(block, decay, averaged);
    }

    private static List<Pair<String, Parameter>> averaged(Block block) {
        List<Pair<String, Parameter>> averaged = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Pair<String, Parameter> named : block.getParameters()) {
            Parameter parameter = named.getValue();
            if (FLOATING.contains(parameter.getArray().getDataType())
                    && seen.add(parameter.getId())) {
                averaged.add(named);
            }
        }
        return averaged;
    }

    /**
     * Takes the parameters as they are now into the average; to be called after each update of the
     * optimizer. A step that was left out, as {@link
     * io.github.djlctc.monitor.CTCMonitor#shouldStep()} tells, is no update.
     *
     * @throws IllegalStateException if the average is in the model at the moment, or closed
     * @throws io.github.djlctc.engine.TensorMismatchException if a parameter has another shape,
     *     type or device than at the beginning; nothing is changed then
     */
    public void update() {
        checkUsable();
        checkParameters();
        NDList arrays = new NDList(2 * entries.size());
        entries.forEach(entry -> arrays.add(entry.array()));
        entries.forEach(entry -> arrays.add(entry.parameter().getArray()));
        double[] weight = {1 - decayAt(updates + 1, decay)};
        try (NDManager host = manager.newSubManager(Device.cpu())) {
            UPDATE.infer(new NDList(host.create(weight)), arrays);
        }
        updates++;
    }

    /** Returns the decay of an update, counted from 1. */
    static double decayAt(int update, double decay) {
        return Math.min(decay, (1.0 + update) / (10.0 + update));
    }

    /**
     * Puts the average into the model, and the trained parameters in its place, until what is
     * returned is closed. Then they are back as they were, to the last bit; what was done to the
     * average in the model meanwhile stays in the average. For evaluation, and to save the model:
     *
     * <pre>{@code
     * try (ParameterAverage.Averaged averaged = average.use()) {
     *     evaluate(averaged.block());
     * }
     * }</pre>
     *
     * <p>That takes memory for one parameter more. Meanwhile neither {@link #update()} nor a
     * checkpoint is possible.
     *
     * @return the model with the average, to be closed by the caller
     * @throws IllegalStateException if the average is in the model already, or closed
     * @throws io.github.djlctc.engine.TensorMismatchException if a parameter has another shape,
     *     type or device than at the beginning; nothing is changed then
     */
    public Averaged use() {
        checkUsable();
        exchange(ParameterAverage::exchange);
        inUse = new Averaged();
        return inUse;
    }

    private void putBack() {
        if (inUse != null) {
            // Where the model is closed, both are gone.
            if (manager.isOpen()) {
                exchange(ParameterAverage::exchange);
            }
            inUse = null;
        }
    }

    /** Exchanges all or, if one fails, none. */
    void exchange(BiConsumer<NDArray, NDArray> exchange) {
        checkParameters();
        int done = 0;
        try {
            for (Entry entry : entries) {
                exchange.accept(entry.parameter().getArray(), entry.array());
                done++;
            }
        } catch (RuntimeException e) {
            for (Entry entry : entries.subList(0, done)) {
                exchange(entry.parameter().getArray(), entry.array());
            }
            throw e;
        }
    }

    /** Exchanges the elements of two arrays of one shape, type and device. */
    static void exchange(NDArray one, NDArray other) {
        EXCHANGE.infer(new NDList(one, other)).close();
    }

    private void checkUsable() {
        if (!manager.isOpen()) {
            throw new IllegalStateException("the average was closed, by itself or with its model");
        }
        if (inUse != null) {
            throw new IllegalStateException(
                    "the average is in the model at the moment: close what use() returned first");
        }
    }

    private void checkParameters() {
        for (Entry entry : entries) {
            TensorCheck.of("the parameter " + entry.path(), entry.parameter().getArray())
                    .hasShape(entry.array().getShape(), "its average")
                    .isLike("its average", entry.array());
        }
    }

    /**
     * Returns the decay.
     *
     * @return d, from 0 to below 1
     */
    public double decay() {
        return decay;
    }

    /**
     * Returns the number of updates so far, those before the checkpoint included.
     *
     * @return t of the latest update; 0 before the first
     */
    public int updates() {
        return updates;
    }

    /** Copies the state. */
    SavedAverage save() {
        checkUsable();
        Map<String, ByteBuffer> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.path(), HostArrays.readBytes(entry.array())));
        return new SavedAverage(decay, updates, values);
    }

    /** Puts back a state whose parameters are those of {@link #paths()}, of the same form. */
    void restore(SavedAverage saved) {
        for (Entry entry : entries) {
            NDArray array = entry.array();
            array.intern(SavedParameter.array(array, saved.values().get(entry.path())));
        }
        updates = saved.updates();
    }

    /** Returns the paths of the parameters that are averaged, in the order of the block. */
    Set<String> paths() {
        checkUsable();
        Set<String> paths = new HashSet<>();
        entries.forEach(entry -> paths.add(entry.path()));
        return paths;
    }

    /**
     * Puts the trained parameters back if they are not in the model, unless that is closed, and
     * releases the average; does nothing the second time.
     */
    @Override
    public void close() {
        try {
            putBack();
        } finally {
            manager.close();
        }
    }

    private record Entry(String path, Parameter parameter, NDArray array) {}

    /** A model with the average of its parameters, until this is closed. */
    public final class Averaged implements AutoCloseable {

        private Averaged() {}

        /**
         * Returns the model.
         *
         * @return the block, whose parameters are the average
         */
        public Block block() {
            return block;
        }

        /**
         * Puts the trained parameters back, unless the model is closed; does nothing the second
         * time.
         */
        @Override
        public void close() {
            if (inUse == this) {
                putBack();
            }
        }
    }
}
