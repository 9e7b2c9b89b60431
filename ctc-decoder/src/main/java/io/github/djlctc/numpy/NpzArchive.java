package io.github.djlctc.numpy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads {@code .npz} archives, stored or compressed: named arrays as {@code numpy.savez} and {@code
 * numpy.savez_compressed} write them.
 *
 * <p>Opening reads the list of names only; each array is read when asked for, and its checksum is
 * verified. Thread-safe.
 */
public final class NpzArchive implements Closeable {

    private static final String EXTENSION = ".npy";

    /**
     * The most bytes that a deflated byte can expand to: 1,032, the limit of the format, and a
     * margin for the block around it.
     */
    private static final long MAX_EXPANSION = 1100;

    private final Path file;
    private final long fileBytes;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;

    private NpzArchive(Path file, long fileBytes, ZipFile zip, Map<String, ZipEntry> entries) {
        this.file = file;
        this.fileBytes = fileBytes;
        this.zip = zip;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Opens an archive.
     *
     * @param file a {@code .npz} file
     * @return the archive, to be closed by the caller
     * @throws NumpyFormatException if the file is not a zip archive, or is truncated, or has two
     *     arrays of the same name
     * @throws IOException if the file cannot be opened
     */
    public static NpzArchive open(Path file) throws IOException {
        long bytes = Files.size(file);
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                return new NpzArchive(file, bytes, zip, arrays(file, zip));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new NumpyFormatException(
                    file.toString(),
                    "is not an .npz archive, or is truncated (" + e.getMessage() + ")",
                    e);
        }
    }

    private static Map<String, ZipEntry> arrays(Path file, ZipFile zip)
            throws NumpyFormatException {
        Map<String, ZipEntry> arrays = new LinkedHashMap<>();
        Iterator<? extends ZipEntry> entries = zip.stream().iterator();
        while (entries.hasNext()) {
            ZipEntry entry = entries.next();
            if (entry.getName().endsWith(EXTENSION)
                    && arrays.put(arrayName(entry), entry) != null) {
                throw new NumpyFormatException(
                        file.toString(),
                        "there are two arrays \""
                                + arrayName(entry)
                                + "\"; write the archive again, with another name for each");
            }
        }
        return arrays;
    }

    /** {@return the names of the arrays, in the order of the archive} */
    public Set<String> names() {
        return entries.keySet();
    }

    /**
     * Reads the shape of an array, and checks that the archive has as many bytes as it says. Its
     * checksum is not verified.
     *
     * @param name its name, without {@code .npy}
     * @return the length of each dimension
     * @throws NumpyFormatException if there is no such array, or it cannot be read
     * @throws IOException if the file cannot be read
     */
    public int[] readShape(String name) throws IOException {
        String source = source(name);
        ZipEntry entry = entry(name, source);
        return guard(
                source,
                () -> {
                    try (InputStream in = zip.getInputStream(entry)) {
                        return NumpyFile.readHeader(in, entry.getSize(), source).lengths();
                    }
                });
    }

    /**
     * Reads an array.
     *
     * @param name its name, without {@code .npy}
     * @return the array
     * @throws NumpyFormatException if there is no such array, or it cannot be read, or is corrupt
     * @throws IOException if the file cannot be read
     */
    public NumpyArray read(String name) throws IOException {
        String source = source(name);
        ZipEntry entry = entry(name, source);
        return guard(source, () -> read(entry, source));
    }

    private NumpyArray read(ZipEntry entry, String source) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            NumpyArray array = NumpyFile.read(in, entry.getSize(), source);
            if (in.read() >= 0 || crc.getValue() != entry.getCrc()) {
                throw new NumpyFormatException(
                        source, "is corrupt: its checksum is wrong; write the file again");
            }
            return array;
        }
    }

    private String source(String name) {
        return file + ", array \"" + name + "\"";
    }

    private ZipEntry entry(String name, String source) throws NumpyFormatException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new NumpyFormatException(
                    source,
                    "there is no such array among the " + entries.size() + " of the archive");
        }
        long size = entry.getSize();
        if (size < 0 || size / MAX_EXPANSION > fileBytes) {
            throw new NumpyFormatException(
                    source, "claims " + size + " bytes, which " + fileBytes + " cannot hold");
        }
        return entry;
    }

    /** Reads something from an entry. */
    @FunctionalInterface
    private interface Reading<T> {
        T run() throws IOException;
    }

    private static <T> T guard(String source, Reading<T> reading) throws IOException {
        try {
            return reading.run();
        } catch (NumpyFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's zip code throws several kinds of exception for corrupt bytes.
            throw new NumpyFormatException(source, "is corrupt (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static String arrayName(ZipEntry entry) {
        String name = entry.getName();
        return name.substring(0, name.length() - EXTENSION.length());
    }
}
