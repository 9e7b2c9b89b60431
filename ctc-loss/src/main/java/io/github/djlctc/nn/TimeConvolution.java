package io.github.djlctc.nn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TensorMismatchException;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * A convolution over the frames of sequences of different lengths, which may subsample them, each
 * processed as if it were alone.
 *
 * <p>Input: {@code [x (N,T,F), lengths (N)]}, or {@code [x]} if all sequences have T frames; x is
 * float32 or float64, the lengths are of an integer type, 1 to T. Output: {@code [y (N,T',C),
 * lengths]} with C channels, T' = T / stride, rounded up, and the lengths likewise, int64, on the
 * CPU; without lengths {@code [y]}. Further arrays are passed on.
 *
 * <p>The kernel is centred, unless {@link Builder#optLookahead} moves it into the past, and sees
 * zeros before the first frame and beyond the length of a sequence, whatever finite values pad it;
 * padding gets no gradient. What is beyond the lengths in the output is not zero. There is neither
 * normalisation nor activation: {@link FramewiseBlock} adds them. {@link FrameStream} computes the
 * same as the frames come.
 *
 * <p>The parameters are those of DJL's {@code Conv1d}: {@code weight (C,F,kernel)} and {@code bias
 * (C)}.
 */
public final class TimeConvolution extends SequenceBlock {

    private static final byte VERSION = 2;

    /** The kernels of files of this version are centred. */
    private static final byte VERSION_WITHOUT_LOOKAHEAD = 1;

    private final int channels;
    private final int kernel;
    private final int stride;
    private final int lookahead;
    private final Conv1d convolution;

    private TimeConvolution(Builder builder) {
        super(VERSION);
        channels = builder.channels;
        kernel = builder.kernel;
        stride = builder.stride;
        lookahead = builder.lookahead.orElse(kernel / 2);
        convolution =
                addChildBlock(
                        "convolution",
                        Conv1d.builder()
                                .setKernelShape(new Shape(kernel))
                                .setFilters(channels)
                                .optStride(new Shape(stride))
                                .optPadding(new Shape(isCentred() ? lookahead : 0))
                                .build());
    }

    /**
     * Creates a builder.
     *
     * @return a builder of a kernel of 5 frames and a stride of 1; the channels must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the convolution, which holds the parameters, for blocks that store it as a child of
     * their own.
     *
     * @return the only child of this block
     */
    public Conv1d convolution() {
        return convolution;
    }

    /**
     * Returns how many frames after its own a frame of the output depends on.
     *
     * @return frames of the input
     */
    public int lookahead() {
        return lookahead;
    }

    /** Returns how many frames before its own a frame of the output depends on. */
    int lookback() {
        return kernel - 1 - lookahead;
    }

    int stride() {
        return stride;
    }

    int kernel() {
        return kernel;
    }

    private boolean isCentred() {
        return lookahead == lookback();
    }

    /**
     * Returns the number of frames of the output.
     *
     * @param frames the number of frames of the input, 1 or more
     * @return frames / stride, rounded up
     */
    public int outputFrames(int frames) {
        return (frames - 1) / stride + 1;
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape input = inputShapes[0];
        convolution.initialize(
                manager, dataType, new Shape(input.get(0), input.get(2), input.get(1)));
    }

    /**
     * Computes the frames of a batch and their lengths.
     *
     * @throws TensorMismatchException if the input, the lengths or a parameter have another shape,
     *     data type or device than the settings and the other arrays demand
     * @throws IllegalArgumentException if a length is not from 1 to T
     */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray input = inputs.head();
        checkedParameters(parameterStore, input, training);
        SequenceLengths lengths = SequenceLengths.ofInputs(inputs);
        NDList output = new NDList(convolve(parameterStore, input, lengths, training));
        if (inputs.size() > 1) {
            output.add(lengths.map(this::outputFrames).toArray(input.getManager()));
            output.addAll(inputs.subNDList(2));
        }
        return output;
    }

    /**
     * Convolves frames without padding.
     *
     * @param weights the parameters, checked
     * @param input the frames (N,T,F), as many as the kernel has or more
     * @return the frames (N, (T - kernel) / stride + 1, C), a view
     */
    NDArray convolveInside(NDList weights, NDArray input) {
        try (NDArray turned = input.swapAxes(1, 2);
                NDList convolved =
                        Conv1d.conv1d(turned, weights.get(0), weights.get(1), new Shape(stride))) {
            return convolved.head().swapAxes(1, 2);
        }
    }

    @Override
    long checkParameters(NDList weights) {
        NDArray weight = weights.get(0);
        TensorCheck.of("weight", weight)
                .isReal()
                .hasShape(new Shape(channels, -1, kernel), settings());
        TensorCheck.of("bias", weights.get(1))
                .isLike("weight", weight)
                .hasShape(new Shape(channels), settings());
        return weight.getShape().get(1);
    }

    /** Convolves what is within the lengths; takes (N,T,F) and gives (N,T',C). */
    private NDArray convolve(
            ParameterStore parameterStore,
            NDArray input,
            SequenceLengths lengths,
            boolean training) {
        int frames = Math.toIntExact(input.getShape().get(1));
        try (NDArray mask = lengths.mask(input.getManager(), frames);
                NDArray column = mask.expandDims(2);
                NDArray masked = input.mul(column);
                NDArray turned = masked.swapAxes(1, 2);
                NDArray extended = isCentred() ? turned : extend(turned);
                NDList convolved =
                        convolution.forward(parameterStore, new NDList(extended), training)) {
            return convolved.head().swapAxes(1, 2);
        }
    }

    /** Puts zeros at both ends of the last axis, as many as the first and last frames see. */
    private NDArray extend(NDArray turned) {
        return turned.pad(new Shape(lookback(), lookahead), 0);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] outputs = inputShapes.clone();
        Shape input = inputShapes[0];
        long frames = input.get(1) < 1 ? input.get(1) : (input.get(1) - 1) / stride + 1;
        outputs[0] = new Shape(input.get(0), frames, channels);
        return outputs;
    }

    private String settings() {
        return describe(channels, kernel, stride, lookahead);
    }

    private static String describe(int channels, int kernel, int stride, int lookahead) {
        return "%d channels, a kernel of %d frames%s and a stride of %d"
                .formatted(
                        channels,
                        kernel,
                        2 * lookahead == kernel - 1 ? "" : ", " + lookahead + " of them ahead,",
                        stride);
    }

    /** {@inheritDoc} */
    @Override
    protected void saveMetadata(DataOutputStream os) throws IOException {
        os.writeInt(channels);
        os.writeInt(kernel);
        os.writeInt(stride);
        os.writeInt(lookahead);
        super.saveMetadata(os);
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedModelException if the parameters are of a convolution with other settings
     */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws IOException, MalformedModelException {
        if (loadVersion != VERSION && loadVersion != VERSION_WITHOUT_LOOKAHEAD) {
            super.loadMetadata(loadVersion, is);
            return;
        }
        int savedChannels = is.readInt();
        int savedKernel = is.readInt();
        int savedStride = is.readInt();
        int savedLookahead = loadVersion == VERSION ? is.readInt() : savedKernel / 2;
        checkSettings(
                describe(savedChannels, savedKernel, savedStride, savedLookahead), settings());
        readInputShapes(is);
    }

    /** Builds a {@link TimeConvolution}. */
    public static final class Builder {

        private int channels;
        private int kernel = 5;
        private int stride = 1;
        private OptionalInt lookahead = OptionalInt.empty();

        Builder() {}

        /**
         * Sets the number of channels C, the features of a frame of the output.
         *
         * @param channels the number, 1 or more
         * @return this builder
         */
        public Builder setChannels(int channels) {
            this.channels = channels;
            return this;
        }

        /**
         * Sets how many frames the kernel spans.
         *
         * @param frames the number, 5 by default; odd unless {@link #optLookahead} is set
         * @return this builder
         */
        public Builder optKernel(int frames) {
            this.kernel = frames;
            return this;
        }

        /**
         * Sets the subsampling.
         *
         * @param frames the frames of the input per frame of the output, 1 (the default) or more
         * @return this builder
         */
        public Builder optStride(int frames) {
            this.stride = frames;
            return this;
        }

        /**
         * Sets how many frames after its own a frame of the output sees, so that a model can
         * compute it as soon as they are there; the kernel's other frames are earlier ones.
         *
         * @param frames 0 (a causal convolution) to the kernel less 1; half the kernel by default
         * @return this builder
         */
        public Builder optLookahead(int frames) {
            this.lookahead = OptionalInt.of(frames);
            return this;
        }

        /**
         * Builds the block.
         *
         * @return the block
         * @throws IllegalArgumentException if a value is out of its range
         */
        public TimeConvolution build() {
            if (lookahead.isPresent()
                    && (lookahead.getAsInt() < 0 || lookahead.getAsInt() >= kernel)) {
                throw new IllegalArgumentException(
                        "a lookahead of %d frames, but the kernel has %d: 0 to %d expected"
                                .formatted(lookahead.getAsInt(), kernel, kernel - 1));
            }
            boolean isOdd = kernel % 2 == 1 || lookahead.isPresent();
            if (channels < 1 || stride < 1 || kernel < 1 || !isOdd) {
                throw new IllegalArgumentException(
                        "channels "
                                + channels
                                + " and stride "
                                + stride
                                + " must be 1 or more, kernel "
                                + kernel
                                + " odd, or the lookahead set");
            }
            return new TimeConvolution(this);
        }
    }
}
