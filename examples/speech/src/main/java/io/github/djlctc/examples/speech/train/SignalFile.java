package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.ErrorText;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A file of decoded signals, appended to while a data set is read for the first time and mapped
 * into memory to read them. It serves another process too, after this one has ended in whatever
 * way.
 *
 * <p>Each signal has a checksum: one that is damaged is not there, nor is one that was written in
 * part. If the disk is full, or the file at its limit, a warning says so, and no more is added.
 * Thread-safe.
 */
public final class SignalFile implements Closeable {

    /** So much is left free on the disk, for models and checkpoints. */
    private static final long SPARED_BYTES = 1L << 30;

    private static final long FILE_MAGIC = 0x31_73_6C_61_6E_67_69_73L; // "signals1"
    private static final int RECORD_MAGIC = 0x6E676973;
    private static final int RECORD_BYTES = 32;

    /**
     * What a record has at most, so that it is within one of the windows that start at multiples of
     * this.
     */
    static final long WINDOW_BYTES = 1L << 30;

    private static final int MAX_KEY_BYTES = 1 << 16;

    /** Where a signal is in the file, and what it is. */
    private record Entry(
            SignalBytes.Kind kind, int width, long position, int length, int checksum) {}

    private final Path path;
    private final long maxBytes;
    private final long sparedBytes;
    private final Consumer<String> warnings;
    private final RandomAccessFile file;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Long, MappedByteBuffer> windows = new ConcurrentHashMap<>();
    private long end;
    private boolean isFull;
    private boolean isDamaged;

    private SignalFile(Path path, long maxBytes, long sparedBytes, Consumer<String> warnings)
            throws IOException {
        this.path = path;
        this.maxBytes = maxBytes;
        this.sparedBytes = sparedBytes;
        this.warnings = warnings;
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /**
     * Opens a file, with the signals that it has; what is no such file is written anew.
     *
     * @param path the file, in a folder that exists
     * @param maxBytes how large it may be; signals behind are dropped
     * @param warnings takes the reason why no more is added, at most once, and that of damage
     * @return the file
     * @throws IOException if it cannot be opened
     */
    public static SignalFile open(Path path, long maxBytes, Consumer<String> warnings)
            throws IOException {
        return open(path, maxBytes, SPARED_BYTES, warnings);
    }

    static SignalFile open(Path path, long maxBytes, long sparedBytes, Consumer<String> warnings)
            throws IOException {
        SignalFile signals = new SignalFile(path, maxBytes, sparedBytes, warnings);
        try {
            signals.readEntries();
            return signals;
        } catch (IOException | RuntimeException e) {
            signals.file.close();
            throw e;
        }
    }

    /** Tells whether there is a signal, damaged or not. */
    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Returns a signal, unless it is not there or damaged. */
    Optional<SignalBytes> read(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = mapped(entry.position, entry.length);
            if (checksum(bytes) == entry.checksum) {
                return Optional.of(new SignalBytes(entry.kind, entry.width, bytes));
            }
        } catch (IOException e) {
            // As if it were damaged: the sound is read where it is from.
            entries.remove(key);
            return Optional.empty();
        }
        entries.remove(key);
        warnOfDamage();
        return Optional.empty();
    }

    /** Adds a signal, and returns whether that was possible. */
    synchronized boolean add(String key, SignalBytes signal) {
        if (isFull) {
            return false;
        }
        ByteBuffer bytes = signal.bytes();
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        int length = bytes.remaining();
        long size = (long) RECORD_BYTES + name.length + length;
        if (name.length > MAX_KEY_BYTES || size > WINDOW_BYTES) {
            return false;
        }
        if (end + size > maxBytes) {
            stop("has reached its limit of " + maxBytes / 1_000_000 + " MB");
            return false;
        }
        ByteBuffer start = recordStart(signal, name);
        try {
            if (Files.getFileStore(path).getUsableSpace() < sparedBytes + size) {
                stop("would fill the disk");
                return false;
            }
            file.seek(end);
            write(start.duplicate());
            write(bytes);
        } catch (IOException e) {
            dropPart();
            stop("cannot be written (" + ErrorText.of(e) + ")");
            return false;
        }
        entries.put(key, entry(start, end, length));
        end += size;
        return true;
    }

    /** Writes bytes of an array. Writing by the channel would end when a thread is interrupted. */
    private void write(ByteBuffer bytes) throws IOException {
        file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /** Makes the entry of a record whose fields are right. */
    private static Entry entry(ByteBuffer start, long position, int length) {
        return new Entry(
                SignalBytes.Kind.of(start.getInt(8)).orElseThrow(),
                start.getInt(12),
                position + start.capacity(),
                length,
                start.getInt(20));
    }

    private static ByteBuffer recordStart(SignalBytes signal, byte[] name) {
        ByteBuffer bytes = signal.bytes();
        int length = bytes.remaining();
        int checksum = checksum(bytes);
        ByteBuffer start =
                ByteBuffer.allocate(RECORD_BYTES + name.length).order(ByteOrder.LITTLE_ENDIAN);
        start.putInt(RECORD_MAGIC).putInt(name.length);
        start.putInt(signal.kind().code).putInt(signal.width());
        start.putInt(length).putInt(checksum).putInt(0).putInt(0);
        start.put(name).flip();
        return start.putInt(RECORD_BYTES - Integer.BYTES, headChecksum(start));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return (int) checksum.getValue();
    }

    /** The checksum of the start of a record, whose last field holds it. */
    private static int headChecksum(ByteBuffer start) {
        CRC32C checksum = new CRC32C();
        checksum.update(start.duplicate().position(0).limit(RECORD_BYTES - Integer.BYTES));
        checksum.update(start.duplicate().position(RECORD_BYTES).limit(start.capacity()));
        return (int) checksum.getValue();
    }

    /**
     * Finds the signals of an earlier run. Behind a record that is not whole, or within the limit
     * only in part, nothing is kept.
     */
    private void readEntries() throws IOException {
        long size = Math.min(file.length(), maxBytes);
        if (size < Long.BYTES || file.readLong() != FILE_MAGIC) {
            file.setLength(0);
            file.writeLong(FILE_MAGIC);
            size = Long.BYTES;
        }
        end = Long.BYTES;
        while (end + RECORD_BYTES <= size) {
            ByteBuffer fixed = bytes(end, RECORD_BYTES);
            int nameLength = fixed.getInt(4);
            int length = fixed.getInt(16);
            boolean isWithin =
                    fixed.getInt(0) == RECORD_MAGIC
                            && nameLength >= 0
                            && nameLength <= MAX_KEY_BYTES
                            && length >= 0
                            && (long) RECORD_BYTES + nameLength + length <= WINDOW_BYTES
                            && end + RECORD_BYTES + nameLength + length <= size;
            if (!isWithin || !readEntry(bytes(end, RECORD_BYTES + nameLength), length)) {
                break;
            }
            end += (long) RECORD_BYTES + nameLength + length;
        }
        file.setLength(end);
    }

    private boolean readEntry(ByteBuffer start, int length) {
        if (start.getInt(RECORD_BYTES - Integer.BYTES) != headChecksum(start)
                || SignalBytes.Kind.of(start.getInt(8)).isEmpty()) {
            return false;
        }
        ByteBuffer key = start.duplicate().position(RECORD_BYTES);
        entries.put(StandardCharsets.UTF_8.decode(key).toString(), entry(start, end, length));
        return true;
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(position);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer mapped(long position, int length) throws IOException {
        long window = position / WINDOW_BYTES;
        int offset = (int) (position - window * WINDOW_BYTES);
        MappedByteBuffer buffer = windows.get(window);
        if (buffer == null || buffer.capacity() < offset + (long) length) {
            buffer = map(window);
        }
        return buffer.slice(offset, length);
    }

    private synchronized MappedByteBuffer map(long window) throws IOException {
        long start = window * WINDOW_BYTES;
        long size = Math.min(Integer.MAX_VALUE, end - start);
        MappedByteBuffer buffer = file.getChannel().map(MapMode.READ_ONLY, start, size);
        windows.put(window, buffer);
        return buffer;
    }

    private void dropPart() {
        try {
            file.setLength(end);
        } catch (IOException e) {
            return; // whoever opens it next finds no whole record there
        }
    }

    private void stop(String reason) {
        isFull = true;
        warnings.accept(
                "the cache of decoded sound, "
                        + path
                        + ", "
                        + reason
                        + ": training goes on, and reads what is not in it again in every epoch");
    }

    private synchronized void warnOfDamage() {
        if (!isDamaged) {
            isDamaged = true;
            warnings.accept(
                    "the cache of decoded sound, "
                            + path
                            + ", is damaged: training goes on, and reads the sound itself;"
                            + " check the disk");
        }
    }

    /** Closes the file, and keeps it for the next run if there is something in it. */
    @Override
    public void close() {
        try {
            file.close();
            if (end == Long.BYTES) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            warnings.accept(path + " cannot be closed: " + ErrorText.of(e));
        }
    }

    /** Closes the file and deletes it. */
    void delete() {
        close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            warnings.accept(path + " is of no use any more, but cannot be deleted");
        }
    }
}
