package io.github.djlctc.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import ai.djl.util.PairList;

/** Access to the gradients of a model. */
final class Gradients {

    private Gradients() {}

    /**
     * Returns the gradients of all parameters that have one, by the path of the parameter and in
     * the order of the blocks. They change the model's gradients when they are changed in place.
     *
     * @param manager owns the arrays, which would otherwise pile up in the model's manager
     */
    static PairList<String, NDArray> of(Block block, NDManager manager) {
        PairList<String, NDArray> gradients = new PairList<>();
        for (Pair<String, Parameter> named : block.getParameters()) {
            Parameter parameter = named.getValue();
            NDArray array = parameter.getArray();
            if (parameter.requiresGradient() && array.hasGradient()) {
                NDArray gradient = array.getGradient();
                gradient.attach(manager);
                gradients.add(named.getKey(), gradient);
            }
        }
        return gradients;
    }
}
