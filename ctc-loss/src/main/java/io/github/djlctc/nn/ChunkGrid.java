package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.host.HostArrays;

import java.util.Arrays;

/**
 * The chunks of the sequences of a padded batch, each read from its end to its start.
 *
 * <p>Chunk k of a sequence begins at its frame k times the size of a chunk; the last one ends at
 * the length of the sequence. All chunks of all sequences are a batch (M,size,...) of their own.
 */
final class ChunkGrid implements AutoCloseable {

    private static final TorchScriptProgram GATHER =
            TorchScriptProgram.ofResource(ChunkGrid.class, "gather_frames.py");

    private static final long NONE = -1;

    private final NDManager owner;
    private final NDArray lengths;

    /** The frame of the batch that lies in each place of the chunks (M,size). */
    private final NDArray inChunks;

    /** The frame of the chunks that lies in each place of the batch (N,T). */
    private final NDArray inSequences;

    /**
     * Lays out chunks.
     *
     * @param sequences the lengths of the sequences
     * @param batch the padded sequences (N,T,...); their device gets the chunks
     * @param size the frames of a chunk, 1 or more
     */
    ChunkGrid(SequenceLengths sequences, NDArray batch, int size) {
        int count = Math.toIntExact(batch.getShape().get(0));
        int frames = Math.toIntExact(batch.getShape().get(1));
        int width = Math.min(size, frames);
        int chunks = 0;
        for (int n = 0; n < count; n++) {
            chunks += (sequences.get(n) - 1) / width + 1;
        }
        long[] sizes = new long[chunks];
        long[] toChunks = new long[Math.multiplyExact(chunks, width)];
        long[] toSequences = new long[Math.multiplyExact(count, frames)];
        Arrays.fill(toChunks, NONE);
        Arrays.fill(toSequences, NONE);
        int chunk = 0;
        for (int n = 0; n < count; n++) {
            for (int start = 0; start < sequences.get(n); start += width) {
                int held = Math.min(width, sequences.get(n) - start);
                sizes[chunk] = held;
                for (int i = 0; i < held; i++) {
                    int frame = n * frames + start + held - 1 - i;
                    int place = chunk * width + i;
                    toChunks[place] = frame;
                    toSequences[frame] = place;
                }
                chunk++;
            }
        }
        owner = batch.getManager().newSubManager();
        lengths = HostArrays.create(owner, sizes, new Shape(chunks));
        // On the device of the batch, unlike the lengths. They may be closed before
        // back-propagation, which needs only what the program makes of them.
        inChunks = owner.create(toChunks, new Shape(chunks, width));
        inSequences = owner.create(toSequences, new Shape(count, frames));
    }

    /** Returns the frames of each chunk (M), on the CPU. */
    NDArray lengths() {
        return lengths;
    }

    /** Returns the frames (N,T,F) in chunks (M,size,F), reversed; zero beyond the end of each. */
    NDArray toReversedChunks(NDArray frames, boolean training) {
        return gather(frames, inChunks, training);
    }

    /** Returns reversed chunks (M,size,F) as sequences (N,T,F); zero beyond the end of each. */
    NDArray toSequences(NDArray chunks, boolean training) {
        return gather(chunks, inSequences, training);
    }

    private static NDArray gather(NDArray frames, NDArray places, boolean training) {
        NDList arguments = new NDList(frames, places);
        return (training ? GATHER.run(arguments) : GATHER.infer(arguments)).head();
    }

    @Override
    public void close() {
        owner.close();
    }
}
