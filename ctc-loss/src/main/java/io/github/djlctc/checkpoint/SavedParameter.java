package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

import io.github.djlctc.host.HostArrays;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A parameter in a checkpoint.
 *
 * @param name its path in the block
 * @param type the type of its values and moments
 * @param shape the shape of its values and moments
 * @param values its values
 * @param moments its moments, if it has been updated
 */
record SavedParameter(
        String name,
        DataType type,
        Shape shape,
        ByteBuffer values,
        Optional<SavedMoments> moments) {

    static SavedParameter of(String name, Parameter parameter, ResumableAdamW optimizer) {
        NDArray array = parameter.getArray();
        return new SavedParameter(
                name,
                array.getDataType(),
                array.getShape(),
                HostArrays.readBytes(array),
                optimizer.save(parameter.getId()));
    }

    void restore(Parameter parameter, ResumableAdamW optimizer) {
        NDArray array = parameter.getArray();
        // A trainer holds the same array, so its content is exchanged and not the array.
        array.intern(array(array, values));
        if (parameter.requiresGradient()) {
            array.setRequiresGradient(true);
        }
        moments.ifPresent(saved -> optimizer.restore(parameter.getId(), array, saved));
    }

    /** Returns a new array of the same manager, type and shape as another. */
    static NDArray array(NDArray like, ByteBuffer values) {
        // The engine's array may use the memory of the buffer; its duplicate has memory of its own.
        try (NDArray view =
                like.getManager().create(values.duplicate(), like.getShape(), like.getDataType())) {
            return view.duplicate();
        }
    }

    String form() {
        return form(name, type, shape);
    }

    static String form(String name, DataType type, Shape shape) {
        return name + ' ' + type + ' ' + shape;
    }
}
