package io.github.djlctc.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the bytes of a {@code .npy} file, as {@code numpy.save} writes them: NumPy Enhancement
 * Proposal 1.
 *
 * <p>DJL's own reader believes the sizes and the type that the bytes claim, and some types end the
 * process.
 */
final class NumpyBytes {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int HEADER_START = 10;
    private static final Pattern HEADER =
            Pattern.compile(
                    "\\{\\s*'descr':\\s*'(?<type>[^']*)',\\s*'fortran_order':\\s*(?<fortran>\\w+),\\s*"
                            + "'shape':\\s*\\((?<shape>[\\d, ]*)\\),?\\s*}\\s*");

    private NumpyBytes() {}

    static boolean isOne(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static NDArray read(NDManager manager, byte[] bytes) {
        if (bytes.length < HEADER_START || bytes[6] != 1) {
            throw wrong("it has no header of version 1");
        }
        int length = (bytes[8] & 0xff) | ((bytes[9] & 0xff) << 8);
        int start = HEADER_START + length;
        if (start > bytes.length) {
            throw wrong("its header is cut off");
        }
        String header = new String(bytes, HEADER_START, length, StandardCharsets.ISO_8859_1);
        Matcher fields = HEADER.matcher(header);
        if (!fields.matches()) {
            throw wrong("its header is " + header.strip());
        }
        DataType type = type(fields.group("type"));
        if (!fields.group("fortran").equals("False")) {
            throw wrong("its order is that of Fortran; save numpy.ascontiguousarray(array)");
        }
        Shape shape = shape(fields.group("shape"));
        int size = bytes.length - start;
        checkSize(shape, type, size);
        if (shape.dimension() == 0 || size == 0) {
            throw wrong("its shape " + shape + " has no frame, or frames of no value");
        }
        ByteBuffer elements = ByteBuffer.wrap(bytes, start, size).order(ByteOrder.LITTLE_ENDIAN);
        return manager.create(values(elements, type), shape);
    }

    /** Returns the elements in single precision, as models take them and JSON has them. */
    private static float[] values(ByteBuffer elements, DataType type) {
        float[] values = new float[elements.remaining() / type.getNumOfBytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    type == DataType.FLOAT32 ? elements.getFloat() : (float) elements.getDouble();
            if (!Float.isFinite(values[i])) {
                throw wrong("value " + i + " is no number of single precision");
            }
        }
        return values;
    }

    private static DataType type(String type) {
        return switch (type) {
            case "<f4" -> DataType.FLOAT32;
            case "<f8" -> DataType.FLOAT64;
            default -> throw wrong("its type is " + type + "; float32 or float64 is needed");
        };
    }

    private static Shape shape(String sizes) {
        try {
            return new Shape(
                    Arrays.stream(sizes.split(","))
                            .map(String::strip)
                            .filter(size -> !size.isEmpty())
                            .mapToLong(Long::parseLong)
                            .toArray());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the NumPy array has the shape " + sizes, e);
        }
    }

    private static void checkSize(Shape shape, DataType type, int size) {
        long expected = type.getNumOfBytes();
        try {
            for (long dimension : shape.getShape()) {
                expected = Math.multiplyExact(expected, dimension);
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the NumPy array has the shape " + shape, e);
        }
        if (expected != size) {
            throw wrong(
                    "its shape %s needs %d bytes, but there are %d"
                            .formatted(shape, expected, size));
        }
    }

    private static IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("the NumPy array cannot be read: " + problem);
    }
}
