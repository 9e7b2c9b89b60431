package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.DataTypes;
import io.github.djlctc.host.HostArrays;

/** The arrays of a padded batch and the valid lengths of their padded dimensions. */
final class PaddedBatch {

    /** The padded dimensions. */
    private final Padding[] paddings;

    private final NDList arrays;
    private final NDList lengthArrays;

    /** The valid length of padding p in sample n: [p][n]. */
    private final long[][] lengths;

    private PaddedBatch(Padding[] paddings, NDList arrays, NDList lengthArrays, long[][] lengths) {
        this.paddings = paddings;
        this.arrays = arrays;
        this.lengthArrays = lengthArrays;
        this.lengths = lengths;
    }

    /** Reads and checks the arrays of a batch, of which the last ones hold the lengths. */
    static PaddedBatch of(NDList list, Padding[] paddings) {
        int count = list.size() - paddings.length;
        if (count < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            "%d array(s) cannot be a batch that ends in %d array(s) of valid lengths",
                            list.size(), paddings.length));
        }
        for (int i = 0; i < list.size(); i++) {
            DataTypes.checkSupported(i, list.get(i).getDataType());
        }
        checkBatchSizes(list);
        NDList arrays = new NDList(list.subList(0, count));
        NDList lengthArrays = new NDList(list.subList(count, list.size()));
        long[][] lengths = new long[paddings.length][];
        for (int p = 0; p < paddings.length; p++) {
            lengths[p] = readLengths(lengthArrays.get(p), arrays, paddings[p]);
        }
        return new PaddedBatch(paddings, arrays, lengthArrays, lengths);
    }

    private static void checkBatchSizes(NDList list) {
        for (int i = 0; i < list.size(); i++) {
            Shape shape = list.get(i).getShape();
            if (shape.dimension() == 0 || shape.get(0) == 0) {
                throw new IllegalArgumentException(
                        "array " + i + " has the shape " + shape + ", which holds no samples");
            }
            if (shape.get(0) != list.head().getShape().get(0)) {
                throw new IllegalArgumentException(
                        String.format(
                                "arrays 0 and %d hold different numbers of samples: shapes %s and %s",
                                i, list.head().getShape(), shape));
            }
        }
    }

    private static long[] readLengths(NDArray array, NDList arrays, Padding padding) {
        if (array.getDataType() != DataType.INT64 || array.getShape().dimension() != 1) {
            throw new IllegalArgumentException(
                    String.format(
                            "valid lengths must be int64 of shape (N), but are %s of shape %s",
                            array.getDataType(), array.getShape()));
        }
        int dimension = padding.dimension() + 1;
        if (padding.array() >= arrays.size()
                || dimension >= arrays.get(padding.array()).getShape().dimension()) {
            throw new IllegalArgumentException(
                    String.format(
                            "the batch has no dimension %d of array %d, which is declared to be padded",
                            padding.dimension(), padding.array()));
        }
        Shape shape = arrays.get(padding.array()).getShape();
        long[] lengths = HostArrays.readLongs(array);
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0 || lengths[i] > shape.get(dimension)) {
                throw new IllegalArgumentException(
                        String.format(
                                "sample %d: valid length %d of dimension %d is not within array %d"
                                        + " of shape %s",
                                i, lengths[i], padding.dimension(), padding.array(), shape));
            }
        }
        return lengths;
    }

    int size() {
        return lengths[0].length;
    }

    /** Returns a sample without padding. */
    NDList sample(int sample) {
        long[] sizes = new long[paddings.length];
        for (int p = 0; p < sizes.length; p++) {
            sizes[p] = lengths[p][sample];
        }
        NDList views = new NDList(arrays.size());
        for (int array = 0; array < arrays.size(); array++) {
            views.add(trim(array, new NDIndex(sample), sizes));
        }
        return views;
    }

    /** Returns a range of samples with the padding of the whole batch. */
    NDList part(int from, int to) {
        long[] sizes = new long[paddings.length];
        for (int p = 0; p < sizes.length; p++) {
            sizes[p] = paddedSize(p);
        }
        return part(from, to, sizes);
    }

    /** Returns a range of samples padded to its longest, rounded up to a multiple. */
    NDList trimmedPart(int from, int to, int multiple) {
        long[] sizes = new long[paddings.length];
        for (int p = 0; p < sizes.length; p++) {
            for (int i = from; i < to; i++) {
                sizes[p] = Math.max(sizes[p], lengths[p][i]);
            }
            // A model's output need not be padded to the multiple.
            sizes[p] = Math.min(paddedSize(p), roundUp(sizes[p], multiple));
        }
        return part(from, to, sizes);
    }

    private NDList part(int from, int to, long[] sizes) {
        NDList views = new NDList(arrays.size() + lengthArrays.size());
        for (int array = 0; array < arrays.size(); array++) {
            views.add(trim(array, new NDIndex().addSliceDim(from, to), sizes));
        }
        for (NDArray lengthArray : lengthArrays) {
            NDArray view = lengthArray.get(new NDIndex().addSliceDim(from, to));
            view.setName(lengthArray.getName());
            views.add(view);
        }
        return views;
    }

    private long paddedSize(int p) {
        return arrays.get(paddings[p].array()).getShape().get(paddings[p].dimension() + 1);
    }

    private NDArray trim(int array, NDIndex index, long[] sizes) {
        NDArray whole = arrays.get(array);
        long[] shape = whole.getShape().getShape().clone();
        for (int p = 0; p < sizes.length; p++) {
            if (paddings[p].array() == array) {
                shape[paddings[p].dimension() + 1] = sizes[p];
            }
        }
        for (int d = 1; d < shape.length; d++) {
            index.addSliceDim(0, shape[d]);
        }
        NDArray view = whole.get(index);
        view.setName(whole.getName());
        return view;
    }

    static long roundUp(long size, int multiple) {
        return (size + multiple - 1) / multiple * multiple;
    }
}
