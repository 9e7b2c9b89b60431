package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;

/** Stacks samples, which agree, into the arrays of a batch that is padded to the longest. */
final class SampleStack {

    /** The arrays of each sample. */
    private final NDList[] inputs;

    /** The padded dimensions. */
    private final Padding[] paddings;

    private final int multiple;

    SampleStack(NDList[] inputs, Padding[] paddings, int multiple) {
        this.inputs = inputs;
        this.paddings = paddings;
        this.multiple = multiple;
    }

    /** Returns an array of all samples with a leading batch dimension. */
    NDArray stack(NDManager manager, int array) {
        NDArray first = inputs[0].get(array);
        NDArray stacked =
                HostArrays.hasOperators(first)
                        ? stackOnDevice(manager, array)
                        : stackOnHost(manager, array);
        stacked.setName(first.getName());
        return stacked;
    }

    private NDArray stackOnDevice(NDManager manager, int array) {
        DataType dataType = inputs[0].get(array).getDataType();
        NDArray stacked = manager.full(paddedShape(array), paddingValue(array), dataType);
        for (int i = 0; i < inputs.length; i++) {
            NDArray sample = inputs[i].get(array);
            if (sample.size() > 0) {
                stacked.set(corner(i, sample.getShape()), sample);
            }
        }
        return stacked;
    }

    private NDArray stackOnHost(NDManager manager, int array) {
        DataType dataType = inputs[0].get(array).getDataType();
        Shape shape = paddedShape(array);
        HostStack stack = new HostStack(shape, dataType, paddingValue(array));
        for (int i = 0; i < inputs.length; i++) {
            NDArray sample = inputs[i].get(array);
            stack.put(i, sample.getShape(), HostArrays.readBytes(sample));
        }
        return manager.create(stack.elements(), shape, dataType);
    }

    /** Returns the sizes of a padded dimension, one for each sample. */
    long[] lengths(Padding padding) {
        long[] lengths = new long[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            lengths[i] = inputs[i].get(padding.array()).getShape().get(padding.dimension());
        }
        return lengths;
    }

    private Shape paddedShape(int array) {
        Shape first = inputs[0].get(array).getShape();
        long[] padded = new long[first.dimension() + 1];
        padded[0] = inputs.length;
        System.arraycopy(first.getShape(), 0, padded, 1, first.dimension());
        for (Padding padding : paddings) {
            if (padding.array() == array) {
                padded[padding.dimension() + 1] =
                        PaddedBatch.roundUp(longest(lengths(padding)), multiple);
            }
        }
        return new Shape(padded);
    }

    private float paddingValue(int array) {
        for (Padding padding : paddings) {
            if (padding.array() == array) {
                return padding.value();
            }
        }
        return 0;
    }

    private static long longest(long[] lengths) {
        long longest = 0;
        for (long length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private static NDIndex corner(int sample, Shape shape) {
        NDIndex index = new NDIndex(sample);
        for (int d = 0; d < shape.dimension(); d++) {
            index.addSliceDim(0, shape.get(d));
        }
        return index;
    }
}
