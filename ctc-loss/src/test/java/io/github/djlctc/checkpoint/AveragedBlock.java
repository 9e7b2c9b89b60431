package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;

import java.util.Map;

/**
 * Parameters of several types and shapes: trained ones of float32 and float64, running statistics,
 * a frozen one, one of integers. Tests change them by hand.
 */
final class AveragedBlock extends AbstractBlock {

    static final Map<String, DataType> FLOATING =
            Map.of(
                    "weight", DataType.FLOAT32,
                    "wide", DataType.FLOAT64,
                    "half", DataType.FLOAT16,
                    "running", DataType.FLOAT32,
                    "frozen", DataType.FLOAT32);

    private final Parameter weight = add("weight", Parameter.Type.WEIGHT, new Shape(3, 4));
    private final Parameter wide = add("wide", Parameter.Type.WEIGHT, new Shape(5));
    private final Parameter half = add("half", Parameter.Type.WEIGHT, new Shape(2, 2));
    private final Parameter running = add("running", Parameter.Type.RUNNING_MEAN, new Shape(4));
    private final Parameter frozen = add("frozen", Parameter.Type.WEIGHT, new Shape());
    private final Parameter counter = add("counter", Parameter.Type.OTHER, new Shape(2));

    /** Makes a block, initialised; its arrays are of the manager. */
    static AveragedBlock of(NDManager manager) {
        AveragedBlock block = new AveragedBlock();
        block.initialize(manager, DataType.FLOAT32);
        block.weight.getArray().setRequiresGradient(true);
        block.wide.getArray().setRequiresGradient(true);
        return block;
    }

    private Parameter add(String name, Parameter.Type type, Shape shape) {
        Parameter parameter =
                Parameter.builder()
                        .setName(name)
                        .setType(type)
                        .optRequiresGrad(type == Parameter.Type.WEIGHT)
                        .build();
        parameter.setShape(shape);
        // PyTorch draws no numbers of other types than float32 and float64.
        boolean isDrawn = !name.equals("half") && !name.equals("counter");
        parameter.setInitializer(
                isDrawn ? new NormalInitializer(0.5f) : new ConstantInitializer(1));
        return addParameter(parameter);
    }

    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
        wide.initialize(manager, DataType.FLOAT64);
        half.initialize(manager, DataType.FLOAT16);
        counter.initialize(manager, DataType.INT64);
        for (Parameter parameter : new Parameter[] {weight, running, frozen}) {
            parameter.initialize(manager, dataType);
        }
        frozen.freeze(true);
    }

    /** Puts other values into a parameter, in place, as an optimizer does. */
    void set(String name, double... values) {
        NDArray array = array(name);
        try (NDArray source = array.getManager().create(values, array.getShape());
                NDArray typed = source.toType(array.getDataType(), true)) {
            ParameterAverage.exchange(array, typed);
        }
    }

    NDArray array(String name) {
        return getDirectParameters().get(name).getArray();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> more) {
        return inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
