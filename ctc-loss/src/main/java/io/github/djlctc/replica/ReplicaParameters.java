package io.github.djlctc.replica;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

import io.github.djlctc.nn.SampleSeeds;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one replica takes for the parameters in one pass, and the seeds of its samples. Arrays are
 * made as they are asked for.
 */
final class ReplicaParameters extends ParameterStore implements SampleSeeds {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final UnaryOperator<NDArray> trained;
    private final UnaryOperator<NDArray> running;
    private final long[] seeds;
    private final Map<String, NDArray> arrays = new HashMap<>();
    private long operation;

    /**
     * Creates the parameters of a pass.
     *
     * @param manager owns what the blocks make
     * @param trained what is taken for a parameter with a gradient
     * @param running what is taken for running statistics, which the pass changes
     * @param seeds a seed for each sample
     */
    ReplicaParameters(
            NDManager manager,
            UnaryOperator<NDArray> trained,
            UnaryOperator<NDArray> running,
            long[] seeds) {
        super(manager, false);
        this.trained = trained;
        this.running = running;
        this.seeds = seeds;
    }

    /** Returns the model's own arrays. */
    static ReplicaParameters own(NDManager manager, long[] seeds) {
        return new ReplicaParameters(
                manager, UnaryOperator.identity(), UnaryOperator.identity(), seeds);
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        // Blocks ask for parameters that they do not have.
        return parameter == null
                ? null
                : arrays.computeIfAbsent(parameter.getId(), id -> array(parameter));
    }

    private NDArray array(Parameter parameter) {
        NDArray array = parameter.getArray();
        if (parameter.requiresGradient()) {
            return trained.apply(array);
        }
        return isRunning(parameter) ? running.apply(array) : array;
    }

    static boolean isRunning(Parameter parameter) {
        return parameter.getType() == Parameter.Type.RUNNING_MEAN
                || parameter.getType() == Parameter.Type.RUNNING_VAR;
    }

    /** Returns what was taken for a parameter, if the pass has asked for it. */
    Optional<NDArray> taken(Parameter parameter) {
        return Optional.ofNullable(arrays.get(parameter.getId()));
    }

    @Override
    public long[] next() {
        operation++;
        long[] next = seeds.clone();
        for (int n = 0; n < next.length; n++) {
            next[n] = mixed(next[n] + operation * GAMMA);
        }
        return next;
    }

    /** The finaliser of MurmurHash3: operations of one sample begin far from each other. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
