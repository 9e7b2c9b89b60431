package io.github.djlctc.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads the values behind a header, a chunk at a time, so that an array takes no more memory than
 * its values.
 */
final class NumpyValues {

    /** A multiple of the size of every type. */
    private static final int CHUNK_BYTES = 1 << 16;

    private final InputStream in;
    private final NumpyHeader header;
    private final String source;
    private final int[] shape;
    private final byte[] bytes;
    private final ByteBuffer chunk;

    /** For Fortran order: the position of the next value in each dimension. */
    private final int[] index;

    /** For Fortran order: how far apart the values of a dimension are in C order. */
    private final int[] strides;

    /** For Fortran order: the position of the next value in C order. */
    private int position;

    NumpyValues(InputStream in, NumpyHeader header, String source) {
        this.in = in;
        this.header = header;
        this.source = source;
        shape = header.lengths();
        bytes = new byte[Math.min(CHUNK_BYTES, header.bytes())];
        chunk = ByteBuffer.wrap(bytes).order(header.byteOrder());
        index = new int[shape.length];
        strides = new int[shape.length];
        int stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= shape[d];
        }
    }

    NumpyArray read() throws IOException {
        return header.type() == NumpyHeader.ElementType.FLOAT32
                ? NumpyArray.ofFloats(shape, floats())
                : NumpyArray.ofDoubles(shape, doubles());
    }

    private float[] floats() throws IOException {
        float[] values = new float[header.elements()];
        for (int done = 0; done < values.length; ) {
            int count = fill(values.length - done, Float.BYTES);
            if (header.order() == NumpyHeader.Order.C) {
                chunk.asFloatBuffer().get(values, done, count);
            } else {
                for (int i = 0; i < count; i++) {
                    values[nextPosition()] = chunk.getFloat(i * Float.BYTES);
                }
            }
            done += count;
        }
        return values;
    }

    private double[] doubles() throws IOException {
        double[] values = new double[header.elements()];
        for (int done = 0; done < values.length; ) {
            int count = fill(values.length - done, Double.BYTES);
            if (header.order() == NumpyHeader.Order.C) {
                chunk.asDoubleBuffer().get(values, done, count);
            } else {
                for (int i = 0; i < count; i++) {
                    values[nextPosition()] = chunk.getDouble(i * Double.BYTES);
                }
            }
            done += count;
        }
        return values;
    }

    /** Reads as many values as are left and fit into the chunk, and returns how many. */
    private int fill(int left, int valueBytes) throws IOException {
        int count = Math.min(left, bytes.length / valueBytes);
        int found = in.readNBytes(bytes, 0, count * valueBytes);
        if (found < count * valueBytes) {
            throw NumpyFile.truncated(
                    source, header.bytes(), header.bytes() - (long) left * valueBytes + found);
        }
        return count;
    }

    /** Returns where the next value in Fortran order, first dimension fastest, is in C order. */
    private int nextPosition() {
        int result = position;
        for (int d = 0; d < shape.length; d++) {
            position += strides[d];
            if (++index[d] < shape[d]) {
                break;
            }
            position -= strides[d] * shape[d];
            index[d] = 0;
        }
        return result;
    }
}
