package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TensorMismatchException;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Long short-term memory layers that read sequences forward, and chunks of them backward: almost
 * bidirectional, but a state depends on no later frame than the last of its chunk.
 *
 * <p>Chunk k begins at frame k times {@link #chunk()} of the sequence, in all layers, and the last
 * one ends with the sequence. The forward direction of a layer carries its state through the whole
 * sequence; the backward direction reads each chunk from its end to its start, and begins it with
 * the state zero. This is the latency-controlled bidirectional LSTM of Zhang et al. ("Highway long
 * short-term memory RNNs for distant speech recognition", 2016) without frames ahead of the chunk.
 *
 * <p>Input: {@code [x (N,T,F), lengths (N)]}, or {@code [x]} if all sequences have T frames; x is
 * float32 or float64, the lengths are of an integer type, 1 to T. Output: {@code [states (N,T,2H),
 * lengths]}: of each frame the state of the forward direction, then that of the backward direction;
 * zero beyond each length. The lengths are passed on as they came. Padding, whatever it holds, has
 * no influence and gets no gradient. {@link FrameStream} computes the same as the frames come.
 *
 * <p>The directions are {@link PackedLSTM}s of one layer. Dropout acts on the output of every layer
 * but the last, in training only, as {@link SampleDropout} does.
 */
public final class ChunkedLSTM extends AbstractBlock {

    private static final byte VERSION = 1;

    private final int chunk;
    private final int stateSize;
    private final float dropout;
    private final List<PackedLSTM> forward = new ArrayList<>();
    private final List<PackedLSTM> backward = new ArrayList<>();

    private ChunkedLSTM(Builder builder) {
        super(VERSION);
        chunk = builder.chunk;
        stateSize = builder.stateSize;
        dropout = builder.dropout;
        for (int layer = 0; layer < builder.layers; layer++) {
            forward.add(addChildBlock("forward" + layer, direction(stateSize)));
            backward.add(addChildBlock("backward" + layer, direction(stateSize)));
        }
    }

    private static PackedLSTM direction(int stateSize) {
        return PackedLSTM.builder()
                .setStateSize(stateSize)
                .optDirection(PackedLSTM.Direction.FORWARD)
                .build();
    }

    /**
     * Creates a builder.
     *
     * @return a builder of one layer without dropout; state size and chunk must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the size of a chunk.
     *
     * @return frames, 1 or more
     */
    public int chunk() {
        return chunk;
    }

    int layers() {
        return forward.size();
    }

    /** Returns what reads the sequences forward in a layer. */
    PackedLSTM forward(int layer) {
        return forward.get(layer);
    }

    /** Returns what reads the reversed chunks in a layer. */
    PackedLSTM backward(int layer) {
        return backward.get(layer);
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape input = inputShapes[0];
        for (int layer = 0; layer < layers(); layer++) {
            forward.get(layer).initialize(manager, dataType, input);
            backward.get(layer).initialize(manager, dataType, input);
            input = output(input);
        }
    }

    /**
     * Computes the states of a batch.
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
        TensorCheck.of("the input", input).isReal().hasShape(new Shape(-1, -1, -1));
        SequenceLengths lengths = SequenceLengths.ofInputs(inputs);
        try (NDManager host = input.getManager().newSubManager(Device.cpu());
                ChunkGrid grid = new ChunkGrid(lengths, input, chunk)) {
            Batch batch = new Batch(parameterStore, lengths.toArray(host), grid, training);
            NDList output = new NDList(states(batch, input));
            output.addAll(inputs.subNDList(1));
            return output;
        }
    }

    private NDArray states(Batch batch, NDArray input) {
        NDArray states = batch.states(input, forward.get(0), backward.get(0));
        for (int layer = 1; layer < layers(); layer++) {
            try (NDArray below = states;
                    NDArray dropped = batch.drop(below, dropout)) {
                states = batch.states(dropped, forward.get(layer), backward.get(layer));
            }
        }
        return states;
    }

    /** What all layers need of a batch. */
    private record Batch(
            ParameterStore parameters, NDArray lengths, ChunkGrid grid, boolean training) {

        NDArray states(NDArray input, PackedLSTM forward, PackedLSTM backward) {
            NDList sequences = new NDList(input, lengths);
            try (NDArray ahead = forward.forward(parameters, sequences, training).head();
                    NDArray back = backwardStates(input, backward)) {
                return NDArrays.concat(new NDList(ahead, back), 2);
            }
        }

        NDArray drop(NDArray states, float rate) {
            return training && rate > 0 ? SampleDropout.drop(parameters, states, rate) : states;
        }

        private NDArray backwardStates(NDArray input, PackedLSTM backward) {
            try (NDArray chunks = grid.toReversedChunks(input, training);
                    NDArray states =
                            backward.forward(
                                            parameters,
                                            new NDList(chunks, grid.lengths()),
                                            training)
                                    .head()) {
                return grid.toSequences(states, training);
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] outputs = inputShapes.clone();
        outputs[0] = output(inputShapes[0]);
        return outputs;
    }

    private Shape output(Shape input) {
        return new Shape(input.get(0), input.get(1), 2L * stateSize);
    }

    private static String describe(int chunk) {
        return "chunks of " + chunk + " frames";
    }

    /** {@inheritDoc} */
    @Override
    protected void saveMetadata(DataOutputStream os) throws IOException {
        os.writeInt(chunk);
        super.saveMetadata(os);
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedModelException if the parameters are of layers with chunks of another size
     */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws IOException, MalformedModelException {
        if (loadVersion == VERSION) {
            SequenceBlock.checkSettings(describe(is.readInt()), describe(chunk));
        }
        super.loadMetadata(loadVersion, is);
    }

    /** Builds a {@link ChunkedLSTM}. */
    public static final class Builder {

        private int chunk;
        private int stateSize;
        private int layers = 1;
        private float dropout;

        Builder() {}

        /**
         * Sets the size of a chunk.
         *
         * @param frames the frames, 1 or more
         * @return this builder
         */
        public Builder setChunk(int frames) {
            chunk = frames;
            return this;
        }

        /**
         * Sets the state size H of each direction.
         *
         * @param stateSize the size, 1 or more
         * @return this builder
         */
        public Builder setStateSize(int stateSize) {
            this.stateSize = stateSize;
            return this;
        }

        /**
         * Sets the number of layers.
         *
         * @param layers the number, 1 (the default) or more
         * @return this builder
         */
        public Builder optLayers(int layers) {
            this.layers = layers;
            return this;
        }

        /**
         * Sets the dropout between layers.
         *
         * @param dropout the share of values set to zero, 0 (the default) to below 1
         * @return this builder
         */
        public Builder optDropout(float dropout) {
            this.dropout = dropout;
            return this;
        }

        /**
         * Builds the block.
         *
         * @return the block
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ChunkedLSTM build() {
            if (chunk < 1 || stateSize < 1 || layers < 1 || !(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException(
                        "a chunk of "
                                + chunk
                                + " frames, state size "
                                + stateSize
                                + " and layers "
                                + layers
                                + " must be 1 or more, dropout "
                                + dropout
                                + " from 0 to below 1");
            }
            return new ChunkedLSTM(this);
        }
    }
}
