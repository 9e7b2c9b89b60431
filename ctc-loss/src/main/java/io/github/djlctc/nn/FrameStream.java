package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TensorMismatchException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a model the frames of sequences as they come, and returns the frames of its output as soon
 * as they are final: those that {@link Block#forward} gives for all frames at once, but for
 * rounding, however they are divided.
 *
 * <p>The model is a {@link TimeConvolution}, a {@link PackedLSTM} that reads forward, a {@link
 * ChunkedLSTM}, a {@link FramewiseBlock}, an {@link IntermediateHead}, or a {@link SequentialBlock}
 * of such, nested at will. A frame of its output depends on no more than {@link #lookahead(Block)}
 * later frames of the input. What is carried from one call to the next, the states of the LSTM, the
 * frames of a chunk that has begun and those that a convolution sees again, takes the same memory
 * however long the sequences are.
 *
 * <p>A stream takes the sequences of one batch, which all have as many frames; it is for one thread
 * at a time. Any number of streams may use one model at once, as long as it is not trained.
 */
public final class FrameStream implements AutoCloseable {

    private final NDManager caller;
    private final NDManager own;
    private final List<LayerStream> layers = new ArrayList<>();

    /** The shape of the first frames, with any number of them. */
    private Optional<Shape> sequences = Optional.empty();

    private boolean finished;

    private FrameStream(NDManager caller, List<Block> blocks) {
        this.caller = caller;
        own = caller.newSubManager();
        for (Block block : blocks) {
            layers.add(layer(block));
        }
    }

    /**
     * Begins sequences.
     *
     * @param block the model, with parameters on the manager's device
     * @param manager gets the results, and is the parent of the manager of what the stream keeps
     * @return the stream, to be closed by the caller
     * @throws IllegalArgumentException if a layer of the model is none of those above
     */
    public static FrameStream open(Block block, NDManager manager) {
        return new FrameStream(manager, layersOf(block));
    }

    /**
     * Returns how many frames of the input a model must be given at most after frame s t to compute
     * frame t of its output, where s is the product of the strides. Without a {@link ChunkedLSTM}
     * it is the same number for every frame. With one, the frames of a chunk are computed together,
     * so that its first frame waits for chunk - 1 others, and the last for none.
     *
     * @param block the model, with or without parameters
     * @return the number of frames
     * @throws IllegalArgumentException if a layer of the model is none of those above
     */
    public static int lookahead(Block block) {
        int lookahead = 0;
        int stride = 1;
        for (Block layer : layersOf(block)) {
            if (layer instanceof TimeConvolution convolution) {
                lookahead += stride * convolution.lookahead();
                stride *= convolution.stride();
            } else if (layer instanceof ChunkedLSTM chunked) {
                lookahead += stride * (chunked.chunk() - 1);
            }
        }
        return lookahead;
    }

    /** Returns the layers, in their order. */
    private static List<Block> layersOf(Block block) {
        List<Block> layers = new ArrayList<>();
        if (block instanceof SequentialBlock sequence) {
            sequence.getChildren().values().forEach(child -> layers.addAll(layersOf(child)));
        } else {
            layers.add(checked(block));
        }
        return layers;
    }

    private static Block checked(Block block) {
        if (block instanceof PackedLSTM recurrent && recurrent.isBidirectional()) {
            throw new IllegalArgumentException(
                    "a bidirectional PackedLSTM reads sequences from their ends too, so its states"
                            + " cannot be computed as the frames come; build it with"
                            + " optDirection(Direction.FORWARD), or take a ChunkedLSTM");
        }
        if (block instanceof PackedLSTM
                || block instanceof ChunkedLSTM
                || block instanceof TimeConvolution
                || isFramewise(block)) {
            return block;
        }
        throw new IllegalArgumentException(
                block.getClass().getSimpleName()
                        + " does not say which frames it depends on; if it treats each frame"
                        + " alone, put it into a FramewiseBlock");
    }

    private static boolean isFramewise(Block block) {
        return block instanceof FramewiseBlock || block instanceof IntermediateHead;
    }

    private LayerStream layer(Block block) {
        if (block instanceof TimeConvolution convolution) {
            return new ConvolutionStream(convolution, own);
        }
        if (block instanceof ChunkedLSTM chunked) {
            return new ChunkedStream(chunked, own);
        }
        return block instanceof PackedLSTM recurrent
                ? new RecurrentStream(recurrent, own)
                : new FramewiseStream(block);
    }

    /**
     * Takes the next frames.
     *
     * @param frames the frames (N,T,F) with T of 1 or more, all of them valid
     * @return the frames (N,T',C) of the output that are final with them, if any; of the manager
     *     that the stream was opened with, to be closed by the caller, without gradient
     * @throws TensorMismatchException if the shape, data type or device is not that of the frames
     *     before, or that of the parameters; after such an error the stream can only be closed
     * @throws IllegalStateException after {@link #finish}
     */
    public Optional<NDArray> accept(NDArray frames) {
        requireUnfinished();
        checkShape(frames);
        try (NDManager scratch = own.newSubManager()) {
            ParameterStore parameters = new ParameterStore(scratch, false);
            Optional<NDArray> output = Optional.of(detached(frames, scratch));
            for (LayerStream layer : layers) {
                output = output.flatMap(input -> layer.accept(parameters, input));
            }
            return output.map(this::handOver);
        }
    }

    /**
     * Ends the sequences.
     *
     * @return the rest of the output (N,T',C), as {@link #accept} returns it; none if no frames
     *     were given
     * @throws IllegalStateException if called again
     */
    public Optional<NDArray> finish() {
        requireUnfinished();
        finished = true;
        try (NDManager scratch = own.newSubManager()) {
            ParameterStore parameters = new ParameterStore(scratch, false);
            Optional<NDArray> output = Optional.empty();
            for (LayerStream layer : layers) {
                output = layer.finish(parameters, output);
            }
            return output.map(this::handOver);
        }
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the stream is finished; open another");
        }
    }

    private void checkShape(NDArray frames) {
        TensorCheck check = TensorCheck.of("the input", frames).hasShape(new Shape(-1, -1, -1));
        if (sequences.isPresent()) {
            check.hasShape(sequences.get(), "the frames before");
            return;
        }
        Shape shape = frames.getShape();
        sequences = Optional.of(new Shape(shape.get(0), -1, shape.get(2)));
    }

    private NDArray handOver(NDArray output) {
        return detached(output, caller);
    }

    private static NDArray detached(NDArray array, NDManager manager) {
        NDArray detached = array.stopGradient();
        detached.attach(manager);
        return detached;
    }

    /** Releases what the stream keeps; results remain. */
    @Override
    public void close() {
        own.close();
    }
}
