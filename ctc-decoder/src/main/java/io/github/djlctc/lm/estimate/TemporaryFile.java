package io.github.djlctc.lm.estimate;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A temporary file of blocks, each in a slot that is used again after it is freed.
 *
 * <p>The file is gone when the process ends, however it ends: on Unix it has no name from the
 * start.
 *
 * <p>Safe for use by many threads.
 */
final class TemporaryFile implements Closeable {

    private static final int BLOCK_BYTES = Workspace.BLOCK_LONGS * Long.BYTES;

    private final Path folder;
    private final FileChannel channel;
    private final BitSet used = new BitSet();
    private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    private TemporaryFile(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static TemporaryFile create(Path folder) throws IOException {
        Path path = folder.resolve("ngrams-" + UUID.randomUUID() + ".tmp");
        try {
            return new TemporaryFile(
                    folder,
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw new TemporaryStorageException(folder, e);
        }
    }

    /**
     * Writes a block.
     *
     * @return its slot
     * @throws TemporaryStorageException if it cannot be written
     */
    int write(long[] block, int length) throws IOException {
        int slot = takeSlot();
        ByteBuffer buffer = buffer();
        buffer.asLongBuffer().put(block, 0, length);
        buffer.limit(length * Long.BYTES);
        try {
            long position = (long) slot * BLOCK_BYTES;
            while (buffer.hasRemaining()) {
                position += channel.write(buffer, position);
            }
        } catch (IOException e) {
            throw new TemporaryStorageException(folder, e);
        }
        buffers.add(buffer);
        return slot;
    }

    /** Reads the longs of a block. */
    void read(int slot, long[] block, int length) throws IOException {
        ByteBuffer buffer = buffer();
        buffer.limit(length * Long.BYTES);
        try {
            long position = (long) slot * BLOCK_BYTES;
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, position);
                if (count < 0) {
                    throw new EOFException("the temporary file was cut");
                }
                position += count;
            }
        } catch (IOException e) {
            throw new TemporaryStorageException(folder, e);
        }
        buffer.flip().order(ByteOrder.nativeOrder()).asLongBuffer().get(block, 0, length);
        buffers.add(buffer);
    }

    synchronized void free(int slot) {
        used.clear(slot);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private synchronized int takeSlot() {
        int slot = used.nextClearBit(0);
        used.set(slot);
        return slot;
    }

    private ByteBuffer buffer() {
        ByteBuffer buffer = buffers.poll();
        return buffer == null
                ? ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.nativeOrder())
                : buffer.clear().order(ByteOrder.nativeOrder());
    }
}
