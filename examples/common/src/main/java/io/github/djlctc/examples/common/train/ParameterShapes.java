package io.github.djlctc.examples.common.train;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;

import java.util.List;

/**
 * The shapes that the parameters of a block must have. DJL skips files and parameters that do not
 * fit, and accepts parameters of any shape.
 */
public final class ParameterShapes {

    private final List<Shape> shapes;

    private ParameterShapes(List<Shape> shapes) {
        this.shapes = shapes;
    }

    /**
     * Computes the shapes.
     *
     * @param owner a manager of the engine
     * @param untrained a block like the one to check, not initialised; of no use afterwards
     * @param inputShapes the shapes that it is initialised with
     * @return the shapes
     */
    public static ParameterShapes expected(NDManager owner, Block untrained, Shape... inputShapes) {
        try (NDManager manager = owner.newSubManager()) {
            // Allocates no values, since the sizes come from a file and may be absurd.
            untrained.setInitializer(
                    (parent, shape, dataType) -> parent.create(new Shape(0), dataType),
                    parameter -> true);
            untrained.initialize(manager, DataType.FLOAT32, inputShapes);
            return new ParameterShapes(
                    untrained.getParameters().values().stream().map(Parameter::getShape).toList());
        }
    }

    /**
     * Checks what was loaded.
     *
     * @param loaded the block with its parameters
     * @throws MalformedModelException if a parameter is missing, or of another shape or type
     */
    public void check(Block loaded) throws MalformedModelException {
        ParameterList parameters = loaded.getParameters();
        for (int i = 0; i < shapes.size(); i++) {
            String name = parameters.keyAt(i);
            if (!parameters.valueAt(i).isInitialized()) {
                throw new MalformedModelException("the parameters are damaged: no " + name);
            }
            NDArray values = parameters.valueAt(i).getArray();
            if (!values.getShape().equals(shapes.get(i))
                    || values.getDataType() != DataType.FLOAT32) {
                throw new MalformedModelException(
                        "the parameters are of another model: %s is %s %s, but by model.json and the"
                                        .formatted(name, values.getDataType(), values.getShape())
                                + " alphabet float32 "
                                + shapes.get(i));
            }
        }
    }
}
