package io.github.djlctc.replica;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TensorMismatchException;

import java.util.Arrays;

/** The ranges of samples of a batch that the replicas get, as even as can be. */
final class Shards {

    /** The first sample of each shard, and the number of samples. */
    private final long[] bounds;

    /**
     * Divides samples.
     *
     * @param samples their number, 0 or more
     * @param most the largest number of shards
     */
    Shards(long samples, int most) {
        int count = (int) Math.max(1, Math.min(samples, most));
        bounds = new long[count + 1];
        for (int i = 0; i <= count; i++) {
            bounds[i] = samples * i / count;
        }
    }

    int count() {
        return bounds.length - 1;
    }

    /** Returns what part of all samples is in a shard. */
    double share(int shard) {
        return (double) (bounds[shard + 1] - bounds[shard]) / bounds[count()];
    }

    long[] of(long[] values, int shard) {
        return Arrays.copyOfRange(values, (int) bounds[shard], (int) bounds[shard + 1]);
    }

    /**
     * Returns views of a shard of arrays (N,...).
     *
     * @param owner owns the views
     */
    NDList of(NDList arrays, int shard, NDManager owner) {
        NDList views = new NDList();
        for (NDArray array : arrays) {
            NDArray view = array.get("{}:{}", bounds[shard], bounds[shard + 1]);
            view.attach(owner);
            view.setName(array.getName());
            views.add(view);
        }
        return views;
    }

    /**
     * Checks that arrays are of the samples of a shard.
     *
     * @throws TensorMismatchException as for all samples
     */
    void checkShare(String name, NDList arrays, int shard) {
        check(name, arrays, bounds[shard + 1] - bounds[shard]);
    }

    /**
     * Checks that arrays are of all samples.
     *
     * @param name what they are called in messages
     * @throws TensorMismatchException if the first dimension of one is not the number of samples
     */
    void check(String name, NDList arrays) {
        check(name, arrays, bounds[count()]);
    }

    private static void check(String name, NDList arrays, long samples) {
        for (int i = 0; i < arrays.size(); i++) {
            Shape shape = arrays.get(i).getShape();
            if (shape.dimension() == 0 || shape.get(0) != samples) {
                throw new TensorMismatchException(
                        "%s %d is of the shape %s, but must be (%d,...) to be divided among replicas"
                                .formatted(name, i, shape, samples));
            }
        }
    }
}
