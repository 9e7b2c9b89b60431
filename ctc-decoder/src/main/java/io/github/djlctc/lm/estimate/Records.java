package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence of records of the same number of longs, in blocks that are in memory or in a temporary
 * file. Records are added first, then read.
 */
final class Records {

    private static final int FIRST_CAPACITY = 256;

    private final Workspace workspace;
    private final int width;
    private final int blockLongs;
    private final List<Block> blocks = new ArrayList<>();
    private long[] filling;
    private int filled;
    private long size;

    Records(Workspace workspace, int width) {
        this.workspace = workspace;
        this.width = width;
        blockLongs = Workspace.BLOCK_LONGS / width * width;
        filling = new long[Math.min(blockLongs, FIRST_CAPACITY * width)];
    }

    int width() {
        return width;
    }

    /** Returns the number of records. */
    long size() {
        return size;
    }

    void add(long[] record) throws IOException {
        add(record, 0);
    }

    /** Adds the record at an offset of an array. */
    void add(long[] array, int offset) throws IOException {
        if (filled == filling.length) {
            makeRoom();
        }
        for (int i = 0; i < width; i++) {
            filling[filled + i] = array[offset + i];
        }
        filled += width;
        size++;
    }

    /** Ends the sequence: nothing is added any more. */
    Records finish() throws IOException {
        if (filled > 0) {
            endBlock(Arrays.copyOf(filling, filled));
        }
        filling = null;
        return this;
    }

    /** Returns the records from the first on; any number of readers may be open. */
    RecordSource read() {
        return new Reader(false);
    }

    /** Returns the records from the first on, and frees each block once it is read. */
    RecordSource drain() {
        return new Reader(true);
    }

    private void makeRoom() throws IOException {
        if (filling.length < blockLongs) {
            filling = Arrays.copyOf(filling, Math.min(2 * filling.length, blockLongs));
        } else {
            filling = endBlock(filling) ? new long[blockLongs] : filling;
            filled = 0;
        }
    }

    /** Keeps a block, and tells whether it does so in memory. */
    private boolean endBlock(long[] block) throws IOException {
        if (workspace.takeBlock()) {
            blocks.add(new Block(block, -1, block.length));
            return true;
        }
        blocks.add(new Block(null, workspace.file().write(block, block.length), block.length));
        return false;
    }

    /** A block: its longs, or where in the temporary file they are. */
    private static final class Block {

        private final long[] longs;
        private final int slot;
        private final int length;

        Block(long[] longs, int slot, int length) {
            this.longs = longs;
            this.slot = slot;
            this.length = length;
        }
    }

    private final class Reader implements RecordSource {

        private final boolean freeing;
        private int nextBlock;
        private long[] block = {};
        private long[] buffer;
        private int at;
        private int end;

        Reader(boolean freeing) {
            this.freeing = freeing;
        }

        @Override
        public boolean next(long[] record) throws IOException {
            if (at == end && !nextBlock()) {
                return false;
            }
            long[] from = block;
            int offset = at;
            for (int i = 0; i < width; i++) {
                record[i] = from[offset + i];
            }
            at = offset + width;
            return true;
        }

        private boolean nextBlock() throws IOException {
            if (nextBlock == blocks.size()) {
                block = null;
                buffer = null;
                return false;
            }
            Block next = blocks.get(nextBlock);
            if (next.longs == null) {
                readFromFile(next);
            } else {
                block = next.longs;
            }
            if (freeing) {
                free(nextBlock, next);
            }
            nextBlock++;
            at = 0;
            end = next.length;
            return true;
        }

        private void readFromFile(Block next) throws IOException {
            if (buffer == null) {
                buffer = new long[blockLongs];
            }
            workspace.file().read(next.slot, buffer, next.length);
            block = buffer;
        }

        private void free(int index, Block freed) throws IOException {
            blocks.set(index, null);
            if (freed.longs == null) {
                workspace.file().free(freed.slot);
            } else {
                workspace.giveBlock();
            }
        }
    }
}
