package io.github.djlctc.numpy;

import io.github.djlctc.file.InputFile;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads {@code .npy} files: float32 and float64 arrays of any rank, in either byte order, in C or
 * Fortran order.
 *
 * <p>Format versions 1.0, 2.0 and 3.0, as in <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>.
 * Sizes are checked against the bytes that are there before anything is allocated.
 */
public final class NumpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 20;

    /** More than almost any header has. */
    private static final int SHAPE_BYTES = 256;

    private NumpyFile() {}

    /** Returns what such a file begins with. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    /**
     * Reads an array.
     *
     * @param file a {@code .npy} file
     * @return the array
     * @throws NumpyFormatException if the file is no array that can be read, or is truncated
     * @throws IOException if the file cannot be opened
     */
    public static NumpyArray read(Path file) throws IOException {
        try (InputStream in = InputFile.open(file)) {
            return read(in, Files.size(file), file.toString());
        }
    }

    /**
     * Tells whether bytes are those of a {@code .npy} file, by their beginning.
     *
     * @param bytes the bytes
     * @return whether they begin as one
     */
    public static boolean isOne(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads an array from the bytes of a file.
     *
     * @param bytes the bytes of a {@code .npy} file
     * @param source what they are, for errors
     * @return the array
     * @throws NumpyFormatException if they are no array that can be read, or are cut off
     */
    public static NumpyArray read(byte[] bytes, String source) throws NumpyFormatException {
        try {
            return read(new ByteArrayInputStream(bytes), bytes.length, source);
        } catch (NumpyFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the shape of an array, and checks that the file is as long as it says.
     *
     * @param file a {@code .npy} file
     * @return the length of each dimension
     * @throws NumpyFormatException if the file is no array that can be read, or is truncated
     * @throws IOException if the file cannot be opened
     */
    public static int[] readShape(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(InputFile.open(file), SHAPE_BYTES)) {
            return readHeader(in, Files.size(file), file.toString()).lengths();
        }
    }

    /**
     * Reads an array from a stream of {@code size} bytes; the caller has checked that it can hold
     * so many.
     */
    static NumpyArray read(InputStream in, long size, String source) throws IOException {
        NumpyHeader header = readHeader(in, size, source);
        return new NumpyValues(in, header, source).read();
    }

    /** Reads what comes before the values of an array of {@code size} bytes in all. */
    static NumpyHeader readHeader(InputStream in, long size, String source) throws IOException {
        byte[] start = readBytes(in, MAGIC.length + 2, source);
        if (!isOne(start)) {
            throw new NumpyFormatException(
                    source, "is not a NumPy array: it does not start with \\x93NUMPY");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new NumpyFormatException(
                    source, "format version " + version + " is not 1, 2 or 3");
        }
        int lengthBytes = version == 1 ? 2 : 4;
        int headerBytes = littleEndian(readBytes(in, lengthBytes, source));
        if (headerBytes < 0 || headerBytes > Math.min(size, MAX_HEADER_BYTES)) {
            throw new NumpyFormatException(
                    source,
                    "the header claims to have "
                            + Integer.toUnsignedString(headerBytes)
                            + " bytes, but there are "
                            + size
                            + " in all and at most "
                            + MAX_HEADER_BYTES
                            + " are read");
        }
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = new String(readBytes(in, headerBytes, source), charset);
        NumpyHeader header = NumpyHeader.parse(text, source);
        long present = size - start.length - lengthBytes - headerBytes;
        if (header.bytes() != present) {
            throw new NumpyFormatException(
                    source,
                    "shape "
                            + header.shape()
                            + " needs "
                            + header.bytes()
                            + " bytes, but "
                            + present
                            + " follow the header; write the file again");
        }
        return header;
    }

    private static byte[] readBytes(InputStream in, int count, String source) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw truncated(source, count, bytes.length);
        }
        return bytes;
    }

    static NumpyFormatException truncated(String source, long expected, long found) {
        return new NumpyFormatException(
                source,
                "is truncated: "
                        + expected
                        + " bytes expected, "
                        + found
                        + " found; write the file again");
    }

    private static int littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
