package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.host.HostArrays;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The lengths of the sequences of a padded batch, on the host.
 *
 * <p>A layer that reads lengths from a GPU waits for the device. Models on a GPU therefore take and
 * pass on their lengths on the CPU, and send only masks to the device.
 */
public final class SequenceLengths {

    private final long[] lengths;

    private SequenceLengths(long[] lengths) {
        this.lengths = lengths;
    }

    /**
     * Reads the lengths that a block of this package is given.
     *
     * @param inputs the padded sequences (N,T,...), and the lengths (N) unless all are T
     */
    static SequenceLengths ofInputs(NDList inputs) {
        Shape shape = inputs.head().getShape();
        long frames = shape.get(1);
        if (inputs.size() > 1) {
            String extent = "the input has " + frames + " frames";
            return read(inputs.get(1), inputs.head(), "length", extent);
        }
        long[] lengths = new long[Math.toIntExact(shape.get(0))];
        Arrays.fill(lengths, frames);
        return new SequenceLengths(lengths);
    }

    /**
     * Reads lengths.
     *
     * @param given the lengths (N), int64, on any device
     * @param batch the padded sequences, of shape (N,padded,...)
     * @param name what a length is called in messages, such as "width"
     * @param extent the number in messages, such as "the lines have 7 columns"
     * @return the lengths
     * @throws io.github.djlctc.engine.TensorMismatchException if there are not N integers
     * @throws IllegalArgumentException if one is not from 1 to the number
     */
    public static SequenceLengths read(NDArray given, NDArray batch, String name, String extent) {
        TensorCheck.of("the array of each " + name, given)
                .isInteger()
                .hasShape(new Shape(batch.getShape().get(0)), "the number of sequences");
        long padded = batch.getShape().get(1);
        long[] lengths = HostArrays.readLongs(given);
        for (int n = 0; n < lengths.length; n++) {
            if (lengths[n] < 1 || lengths[n] > padded) {
                throw new IllegalArgumentException(
                        "sample %d: %s %d, but %s; 1 to %d expected"
                                .formatted(n, name, lengths[n], extent, padded));
            }
        }
        return new SequenceLengths(lengths);
    }

    /** Returns the length of a sequence. */
    int get(int sequence) {
        return Math.toIntExact(lengths[sequence]);
    }

    /**
     * Returns other lengths in place of these.
     *
     * @param change what becomes of each
     * @return the changed lengths
     */
    public SequenceLengths map(IntUnaryOperator change) {
        return new SequenceLengths(
                Arrays.stream(lengths).map(length -> change.applyAsInt((int) length)).toArray());
    }

    /**
     * Returns 1 in the elements within each length and 0 beyond.
     *
     * @param manager owns the mask and says which device gets it
     * @param padded the number of elements
     * @return the mask (N,padded), float32
     */
    public NDArray mask(NDManager manager, int padded) {
        float[] mask = new float[Math.multiplyExact(lengths.length, padded)];
        for (int n = 0; n < lengths.length; n++) {
            int start = n * padded;
            Arrays.fill(mask, start, start + (int) Math.min(lengths[n], padded), 1);
        }
        // DJL frees the memory of values that come from Java with their array, though PyTorch needs
        // them until back-propagation: a copy is PyTorch's own, and may be closed.
        try (NDArray values = manager.create(mask, new Shape(lengths.length, padded))) {
            return values.duplicate();
        }
    }

    /**
     * Returns the lengths as an array.
     *
     * @param manager owns the array
     * @return the lengths (N), int64, on the CPU
     */
    public NDArray toArray(NDManager manager) {
        return HostArrays.create(manager, lengths, new Shape(lengths.length));
    }
}
