package io.github.djlctc.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Back-propagation on several threads at once, each through a graph of its own. DJL's {@code
 * GradientCollector}, of which a JVM has one at a time, is for one thread.
 */
public final class Backpropagation {

    private static final TorchScriptProgram BACKWARD =
            TorchScriptProgram.ofResource(Backpropagation.class, "backward.py");

    private Backpropagation() {}

    /**
     * Computes something while operators on this thread record what back-propagation needs.
     *
     * @param <T> the type of the result
     * @param forward what is computed
     * @return its result
     */
    public static <T> T record(Supplier<T> forward) {
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try {
            return forward.get();
        } finally {
            JniUtils.setGradMode(recording);
        }
    }

    /**
     * Returns an array of the same memory that has a gradient of its own: a change of the values of
     * either is a change of both.
     *
     * @param values the values, not in use by back-propagation while they change
     * @return the array, attached to the manager of the values
     */
    public static NDArray leaf(NDArray values) {
        NDArray leaf = values.stopGradient();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /**
     * Returns the gradient of a {@link #leaf}.
     *
     * @param leaf the array
     * @return its gradient, attached to its manager; none if nothing was propagated back to it
     */
    public static Optional<NDArray> gradient(NDArray leaf) {
        return Optional.ofNullable(JniUtils.getGradient((PtNDArray) leaf));
    }

    /**
     * Adds to the gradient of a parameter or of a {@link #leaf}.
     *
     * @param leaf the array
     * @param gradient what is added, of its shape and data type
     */
    public static void add(NDArray leaf, NDArray gradient) {
        JniUtils.backward((PtNDArray) leaf, (PtNDArray) gradient, false, false);
    }

    /**
     * Propagates gradients back through all that the arrays were computed of by this thread or
     * another one, and releases what was kept for that. Gradients of parameters are added to those
     * that they have.
     *
     * @param arrays results of operators, at least one; those that need no gradient are passed over
     * @param gradients the gradient of each, of its shape and data type
     */
    public static void run(NDList arrays, NDList gradients) {
        NDList both = new NDList(arrays).addAll(gradients);
        BACKWARD.run(new NDList(gradients.head()), both).close();
    }
}
