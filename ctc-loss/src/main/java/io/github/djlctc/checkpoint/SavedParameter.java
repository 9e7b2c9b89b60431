package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;

import io.github.djlctc.checkpoint.CheckpointException.Problem;
import io.github.djlctc.host.HostArrays;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        restore(parameter);
        moments.ifPresent(
                saved -> optimizer.restore(parameter.getId(), parameter.getArray(), saved));
    }

    /** Puts back the values alone. */
    void restore(Parameter parameter) {
        NDArray array = parameter.getArray();
        // A trainer holds the same array, so its content is exchanged and not the array.
        array.intern(array(array, values));
        if (parameter.requiresGradient()) {
            array.setRequiresGradient(true);
        }
    }

    /** Returns a new array of the same manager, type and shape as another. */
    static NDArray array(NDArray like, ByteBuffer values) {
        // The engine's array may use the memory of the buffer; its duplicate has memory of its own.
        try (NDArray view =
                like.getManager().create(values.duplicate(), like.getShape(), like.getDataType())) {
            return view.duplicate();
        }
    }

    /** Returns the same parameter with other values of its type and shape, and no moments. */
    SavedParameter withValues(ByteBuffer others) {
        return new SavedParameter(name, type, shape, others, Optional.empty());
    }

    /** Checks that saved parameters are those of a model, in name, type and shape. */
    static void check(Path source, List<SavedParameter> saved, ParameterList model)
            throws CheckpointException {
        List<String> expected = new ArrayList<>();
        for (Pair<String, Parameter> named : model) {
            NDArray array = named.getValue().getArray();
            expected.add(form(named.getKey(), array.getDataType(), array.getShape()));
        }
        check(source, forms(saved), expected, "the model");
    }

    /** Checks that saved parameters are those of earlier checkpoints. */
    static void checkSame(Path source, List<SavedParameter> saved, List<SavedParameter> earlier)
            throws CheckpointException {
        check(source, forms(saved), forms(earlier), "the checkpoints before it");
    }

    private static void check(Path source, List<String> saved, List<String> expected, String owner)
            throws CheckpointException {
        int count = Math.max(expected.size(), saved.size());
        for (int i = 0; i < count; i++) {
            String found = i < saved.size() ? saved.get(i) : "none";
            String wanted = i < expected.size() ? expected.get(i) : "none";
            if (!found.equals(wanted)) {
                throw new CheckpointException(
                        source,
                        Problem.OTHER_MODEL,
                        "of another model: its parameter "
                                + (i + 1)
                                + " is "
                                + found
                                + ", but that of "
                                + owner
                                + " is "
                                + wanted);
            }
        }
    }

    private static List<String> forms(List<SavedParameter> parameters) {
        return parameters.stream().map(saved -> form(saved.name, saved.type, saved.shape)).toList();
    }

    private static String form(String name, DataType type, Shape shape) {
        return name + ' ' + type + ' ' + shape;
    }
}
