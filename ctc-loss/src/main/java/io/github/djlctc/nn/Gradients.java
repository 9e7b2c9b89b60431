package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The gradients of a model, in the order of its blocks. Changing them in place changes those of the
 * model.
 *
 * <p>Close this after use: otherwise the arrays, and those computed from them, accumulate in the
 * manager of the model.
 */
public final class Gradients implements Iterable<Gradients.Gradient>, AutoCloseable {

    private final List<Gradient> gradients = new ArrayList<>();
    private NDManager manager;

    private Gradients() {}

    /**
     * A gradient.
     *
     * @param path the path of the parameter in the block, the first if it has several
     * @param parameter the parameter
     * @param array the gradient; zeros of its own if there was no back-propagation to it
     */
    public record Gradient(String path, Parameter parameter, NDArray array) {

        /**
         * Returns the parameter's values.
         *
         * @return the array of the parameter
         */
        public NDArray weight() {
            return parameter.getArray();
        }
    }

    /**
     * Returns the gradients of all parameters that have one. A parameter that several blocks share
     * is there once.
     *
     * @param block a block whose parameters are initialised
     * @return the gradients, to be closed by the caller
     */
    public static Gradients of(Block block) {
        Gradients all = new Gradients();
        Set<String> seen = new HashSet<>();
        for (Pair<String, Parameter> named : block.getParameters()) {
            Parameter parameter = named.getValue();
            if (parameter.requiresGradient()
                    && parameter.getArray().hasGradient()
                    && seen.add(parameter.getId())) {
                all.add(named.getKey(), parameter);
            }
        }
        return all;
    }

    private void add(String path, Parameter parameter) {
        NDArray weight = parameter.getArray();
        if (manager == null) {
            manager = weight.getManager().newSubManager();
        }
        NDArray gradient = weight.getGradient();
        gradient.attach(manager);
        gradients.add(new Gradient(path, parameter, gradient));
    }

    /**
     * Tells whether there are none.
     *
     * @return whether no parameter has a gradient
     */
    public boolean isEmpty() {
        return gradients.isEmpty();
    }

    /**
     * Returns the arrays.
     *
     * @return the gradients, which are closed with this
     */
    public NDList arrays() {
        NDList arrays = new NDList(gradients.size());
        gradients.forEach(gradient -> arrays.add(gradient.array()));
        return arrays;
    }

    @Override
    public Iterator<Gradient> iterator() {
        return gradients.iterator();
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
        }
    }
}
