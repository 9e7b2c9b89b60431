package io.github.djlctc.batch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.DataTypes;

/**
 * Checks that samples can be padded and stacked: they agree in all that is not declared to vary.
 * What does not is an {@link IllegalArgumentException}.
 */
final class SampleAgreement {

    /** The arrays of each sample. */
    private final NDList[] inputs;

    /** The dimensions that are declared to vary. */
    private final Padding[] paddings;

    SampleAgreement(NDList[] inputs, Padding[] paddings) {
        this.inputs = inputs;
        this.paddings = paddings;
    }

    void check() {
        checkArrayCounts();
        for (int array = 0; array < inputs[0].size(); array++) {
            checkDataTypes(array);
            checkShapes(array);
        }
    }

    private void checkArrayCounts() {
        if (inputs.length == 0) {
            throw new IllegalArgumentException("a batch needs at least one sample");
        }
        for (Padding padding : paddings) {
            if (padding.array() >= inputs[0].size()) {
                throw new IllegalArgumentException(
                        String.format(
                                "array %d is declared to be padded, but sample 0 has %d array(s)",
                                padding.array(), inputs[0].size()));
            }
        }
        for (int i = 1; i < inputs.length; i++) {
            if (inputs[i].size() != inputs[0].size()) {
                throw new IllegalArgumentException(
                        String.format(
                                "sample %d has %d array(s), but sample 0 has %d",
                                i, inputs[i].size(), inputs[0].size()));
            }
        }
    }

    private void checkDataTypes(int array) {
        DataType expected = inputs[0].get(array).getDataType();
        DataTypes.checkSupported(array, expected);
        for (int i = 1; i < inputs.length; i++) {
            DataType dataType = inputs[i].get(array).getDataType();
            if (dataType != expected) {
                throw new IllegalArgumentException(
                        String.format(
                                "sample %d, array %d: data type %s differs from %s of sample 0",
                                i, array, dataType, expected));
            }
        }
        for (Padding padding : paddings) {
            if (padding.array() == array && !padding.isRepresentableIn(expected)) {
                throw new IllegalArgumentException(
                        String.format(
                                "array %d has data type %s, which cannot hold the padding value %s",
                                array, expected, padding.value()));
            }
        }
    }

    private void checkShapes(int array) {
        Shape first = inputs[0].get(array).getShape();
        for (Padding padding : paddings) {
            if (padding.array() == array && padding.dimension() >= first.dimension()) {
                throw new IllegalArgumentException(
                        String.format(
                                "dimension %d of array %d is declared to be padded, but sample 0"
                                        + " has the shape %s",
                                padding.dimension(), array, first));
            }
        }
        for (int i = 1; i < inputs.length; i++) {
            Shape shape = inputs[i].get(array).getShape();
            if (shape.dimension() != first.dimension()) {
                throw new IllegalArgumentException(
                        String.format(
                                "sample %d, array %d: shape %s and shape %s of sample 0 differ in"
                                        + " their number of dimensions",
                                i, array, shape, first));
            }
            for (int d = 0; d < shape.dimension(); d++) {
                if (shape.get(d) != first.get(d) && !isDeclared(array, d)) {
                    throw new IllegalArgumentException(
                            String.format(
                                    "sample %d, array %d: shape %s differs from %s of sample 0 in"
                                            + " dimension %d; to pad it, declare addPad(%d, %d,"
                                            + " paddingValue)",
                                    i, array, shape, first, d, array, d));
                }
            }
        }
    }

    private boolean isDeclared(int array, int dimension) {
        for (Padding padding : paddings) {
            if (padding.array() == array && padding.dimension() == dimension) {
                return true;
            }
        }
        return false;
    }
}
