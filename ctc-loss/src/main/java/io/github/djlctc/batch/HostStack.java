package io.github.djlctc.batch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The elements of a padded batch in the memory of the host, for engines that cannot stack. */
final class HostStack {

    private final Shape shape;
    private final int elementSize;
    private final ByteBuffer elements;

    /**
     * Fills a batch with padding.
     *
     * @param shape the shape of the batch, with the batch dimension
     */
    HostStack(Shape shape, DataType dataType, float padding) {
        this.shape = shape;
        elementSize = dataType.getNumOfBytes();
        int bytes = Math.toIntExact(Math.multiplyExact(shape.size(), (long) elementSize));
        elements = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        // Memory is 0 from the start, as 0 is in every data type.
        while (padding != 0 && elements.hasRemaining()) {
            put(dataType, padding);
        }
        elements.rewind();
    }

    private void put(DataType dataType, float value) {
        switch (dataType) {
            case FLOAT32 -> elements.putFloat(value);
            case FLOAT64 -> elements.putDouble(value);
            case INT32 -> elements.putInt((int) value);
            case INT64 -> elements.putLong((long) value);
            case INT8, UINT8, BOOLEAN -> elements.put((byte) value);
            default ->
                    throw new IllegalArgumentException(
                            "arrays of %s cannot be padded with %s on this engine: pad with 0, or convert them to float32"
                                    .formatted(dataType, value));
        }
    }

    /**
     * Puts a sample into the batch, at the beginning of each dimension.
     *
     * @param index the sample's place in the batch
     * @param sampleShape its shape, without the batch dimension
     * @param sample its elements in row-major order
     */
    void put(int index, Shape sampleShape, ByteBuffer sample) {
        int rowBytes = rowBytes(sampleShape);
        long[] position = new long[sampleShape.dimension()];
        while (sample.hasRemaining()) {
            int target = Math.toIntExact(offset(index, position)) * elementSize;
            elements.put(target, sample, sample.position(), rowBytes);
            sample.position(sample.position() + rowBytes);
            advance(position, sampleShape);
        }
    }

    private int rowBytes(Shape sampleShape) {
        int last = sampleShape.dimension() - 1;
        return last < 0 ? elementSize : (int) sampleShape.get(last) * elementSize;
    }

    private long offset(int index, long[] position) {
        long offset = index;
        for (int d = 0; d < position.length; d++) {
            offset = offset * shape.get(d + 1) + position[d];
        }
        return offset;
    }

    /** Goes on to the next row, which is along the last dimension. */
    private static void advance(long[] position, Shape sampleShape) {
        for (int d = position.length - 2; d >= 0; d--) {
            if (++position[d] < sampleShape.get(d)) {
                return;
            }
            position[d] = 0;
        }
    }

    ByteBuffer elements() {
        return elements;
    }
}
