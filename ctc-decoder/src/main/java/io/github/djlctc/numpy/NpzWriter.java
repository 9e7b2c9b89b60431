package io.github.djlctc.numpy;

import io.github.djlctc.file.AtomicOutput;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an {@code .npz} archive of float32 arrays as {@code numpy.savez} does, an array at a time:
 * stored, in C order, and with the extensions of ZIP64 where it has more than 65,535 arrays or 4
 * GiB.
 *
 * <p>The archive is made in a neighbour of the file, which {@link #finish} moves over it: whenever
 * the process stops, the file has its old content or all of the new one. The same arrays make the
 * same bytes. For one thread at a time.
 *
 * <pre>{@code
 * try (NpzWriter writer = NpzWriter.create(file)) {
 *     writer.write("a", values, 120, 29);
 *     writer.finish();
 * }
 * }</pre>
 */
public final class NpzWriter implements Closeable {

    private static final String EXTENSION = ".npy";

    /** The header is padded for the values to start at a multiple of it, as NumPy does. */
    private static final int ALIGNMENT = 64;

    private static final int MAGIC_BYTES = 10;
    private static final int CHUNK_VALUES = 1 << 14;

    /** The first time that a zip archive can state. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final AtomicOutput file;
    private final ZipOutputStream zip;
    private final Set<String> names = new HashSet<>();
    private final ByteBuffer chunk =
            ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private NpzWriter(AtomicOutput file) {
        this.file = file;
        zip = new ZipOutputStream(file, StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /**
     * Starts an archive.
     *
     * @param file the file to create or to replace
     * @return the writer, to be closed by the caller
     * @throws IOException if its folder is missing, or a file cannot be created there
     */
    public static NpzWriter create(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        return new NpzWriter(AtomicOutput.create(file));
    }

    /**
     * Writes an array.
     *
     * @param name its name, without {@code .npy}; not empty, and none that was written before
     * @param values its values, row by row
     * @param shape the length of each dimension, 0 or more; the product is the number of values
     * @throws IllegalArgumentException if the name is empty or was written before, or the shape
     *     does not hold the values
     * @throws IOException if the file cannot be written
     */
    public void write(String name, float[] values, int... shape) throws IOException {
        Objects.requireNonNull(name, "name");
        checkShape(values, shape);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an array needs a name");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "there is an array \"" + name + "\" already; names must differ");
        }
        byte[] header = header(shape);
        ZipEntry entry = new ZipEntry(name + EXTENSION);
        entry.setTimeLocal(EPOCH);
        entry.setSize(header.length + (long) values.length * Float.BYTES);
        CRC32 crc = new CRC32();
        crc.update(header);
        forEachChunk(values, crc::update);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(header);
        forEachChunk(values, zip::write);
        zip.closeEntry();
    }

    private static void checkShape(float[] values, int... shape) {
        long product = 1;
        for (int length : shape) {
            product = length < 0 ? -1 : Math.multiplyExact(product, length);
            if (product < 0) {
                break;
            }
        }
        if (product != values.length) {
            throw new IllegalArgumentException(
                    "the shape %s does not hold %d values"
                            .formatted(Arrays.toString(shape), values.length));
        }
    }

    /** Returns the bytes before the values: format version 1.0. */
    private static byte[] header(int... shape) {
        String lengths =
                Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        // NumPy writes (3,) for one dimension, (3, 4) for two.
        String tuple = shape.length > 1 ? lengths.substring(0, lengths.length() - 1) : lengths;
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int unpadded = MAGIC_BYTES + text.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        byte[] dictionary =
                (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(MAGIC_BYTES + dictionary.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NumpyFile.magic())
                .put(new byte[] {1, 0})
                .putShort((short) dictionary.length)
                .put(dictionary)
                .array();
    }

    private interface ChunkSink {

        void accept(byte[] bytes, int offset, int length) throws IOException;
    }

    private void forEachChunk(float[] values, ChunkSink sink) throws IOException {
        for (int from = 0; from < values.length; from += CHUNK_VALUES) {
            int count = Math.min(CHUNK_VALUES, values.length - from);
            chunk.clear();
            chunk.asFloatBuffer().put(values, from, count);
            sink.accept(chunk.array(), 0, count * Float.BYTES);
        }
    }

    /**
     * Completes the archive and moves it to its place.
     *
     * @throws IOException if that fails; the file is then as it was
     */
    public void finish() throws IOException {
        zip.finish();
        file.finish();
    }

    /**
     * Ends writing. Without {@link #finish}, the file is as it was.
     *
     * @throws IOException if the unfinished archive cannot be deleted
     */
    @Override
    public void close() throws IOException {
        try {
            zip.close();
        } finally {
            file.close();
        }
    }
}
