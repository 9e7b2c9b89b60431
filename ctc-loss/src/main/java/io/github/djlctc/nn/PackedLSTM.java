package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.engine.TorchScriptProgram;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Long short-term memory layers over sequences of different lengths (Hochreiter and Schmidhuber
 * 1997), each processed as if it were alone, computed by PyTorch's native {@code lstm}.
 *
 * <p>Padding, whatever it holds, has no influence and gets no gradient. In float32 on the CPU
 * PyTorch's LSTM is that of oneDNN, on a GPU that of cuDNN, both on padded sequences, so that
 * padding takes time; in float64 on the CPU it runs on packed sequences. All give the same but for
 * rounding. cuDNN rounds the factors of products of float32 to TF32 (10 bits of fraction), so that
 * states differ by some 1e-4 from the CPU's; {@code NVIDIA_TF32_OVERRIDE=0} in the environment
 * turns that off. DJL's own LSTM takes no lengths, and its bidirectional form with biases computes
 * another function than PyTorch's.
 *
 * <p>Input: {@code [x (N,T,F), lengths (N)]}, or {@code [x]} if all sequences have T frames; x is
 * float32 or float64, the lengths are of an integer type, 1 to T. Output: {@code [states (N,T,D*H),
 * lengths]} with D directions of state size H; zero beyond each length. The lengths are passed on
 * as they came, so that blocks can be chained.
 *
 * <p>Gates and parameters are those of {@code torch.nn.LSTM}: per layer and direction {@code
 * weight_ih (4H, F or D*H)}, {@code weight_hh (4H, H)} and two biases (4H), in the gate order
 * input, forget, cell, output. They start uniform in \( \pm 1/\sqrt{H} \), as there. Dropout acts
 * on the output of every layer but the last, in training only; on the CPU as that of {@link
 * SampleDropout}.
 *
 * <p>{@link FrameStream} computes the same as the frames come, for layers that read {@linkplain
 * Direction#FORWARD forward}.
 */
public final class PackedLSTM extends SequenceBlock {

    private static final byte VERSION = 2;

    /** Files of this version do not tell their layers. */
    private static final byte VERSION_WITHOUT_SETTINGS = 1;

    private static final int GATES = 4;

    private static final TorchScriptProgram STREAMING =
            TorchScriptProgram.ofResource(PackedLSTM.class, "streaming_lstm.py", "lstm_common.py");

    /** The directions in which the sequences are read. */
    public enum Direction {
        /** From the first frame to the last: a state depends on the past only. */
        FORWARD,
        /** Both ways; the states of the two directions are concatenated. */
        BIDIRECTIONAL
    }

    private final int stateSize;
    private final int layers;
    private final int directions;
    private final float dropout;
    private final Optional<LSTMProgram> chosen;
    private final String settings;

    private PackedLSTM(Builder builder) {
        super(VERSION);
        stateSize = builder.stateSize;
        layers = builder.layers;
        directions = builder.direction == Direction.BIDIRECTIONAL ? 2 : 1;
        dropout = builder.dropout;
        chosen = builder.program;
        settings = describe(stateSize, layers, directions);
        for (int layer = 0; layer < layers; layer++) {
            for (int direction = 0; direction < directions; direction++) {
                String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
                addWeight("weight_ih" + suffix, Parameter.Type.WEIGHT);
                addWeight("weight_hh" + suffix, Parameter.Type.WEIGHT);
                addWeight("bias_ih" + suffix, Parameter.Type.BIAS);
                addWeight("bias_hh" + suffix, Parameter.Type.BIAS);
            }
        }
    }

    /**
     * Creates a builder.
     *
     * @return a builder of one bidirectional layer without dropout; the state size must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    private void addWeight(String name, Parameter.Type type) {
        float bound = (float) (1 / Math.sqrt(stateSize));
        addParameter(
                Parameter.builder()
                        .setName(name)
                        .setType(type)
                        .optInitializer(new UniformInitializer(bound))
                        .build());
    }

    private static String describe(int stateSize, int layers, int directions) {
        return layers
                + (directions == 2 ? " bidirectional" : "")
                + (layers == 1 ? " layer" : " layers")
                + " of state size "
                + stateSize;
    }

    /** {@inheritDoc} */
    @Override
    protected void prepare(Shape[] inputShapes) {
        super.prepare(inputShapes);
        setParameterShapes(parameterShapes(inputShapes[0].get(2)));
    }

    /** Returns the shapes of all parameters, in their order. */
    private List<Shape> parameterShapes(long features) {
        List<Shape> shapes = new ArrayList<>();
        long gates = (long) GATES * stateSize;
        for (int i = 0; i < layers * directions; i++) {
            long inputSize = i < directions ? features : (long) directions * stateSize;
            shapes.add(new Shape(gates, inputSize));
            shapes.add(new Shape(gates, stateSize));
            shapes.add(new Shape(gates));
            shapes.add(new Shape(gates));
        }
        return shapes;
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
        NDList weights = checkedParameters(parameterStore, input, training);
        SequenceLengths lengths = SequenceLengths.ofInputs(inputs);
        double[] numbers = {layers, directions, stateSize, dropout, training ? 1 : 0};
        try (NDManager host = input.getManager().newSubManager(Device.cpu())) {
            NDArray masks = dropoutMasks(parameterStore, host, input, training);
            NDList arguments =
                    new NDList(input, lengths.toArray(host), host.create(numbers), masks);
            TorchScriptProgram program = program(input);
            NDList output =
                    training ? program.run(arguments, weights) : program.infer(arguments, weights);
            output.addAll(inputs.subNDList(1));
            return output;
        }
    }

    private NDArray dropoutMasks(
            ParameterStore parameterStore, NDManager host, NDArray input, boolean training) {
        Shape batch = input.getShape();
        Shape states = new Shape(batch.get(0), batch.get(1), (long) directions * stateSize);
        if (training && dropout > 0 && layers > 1 && DropoutMask.isFor(input.getDevice())) {
            return DropoutMask.draw(parameterStore, host, states, dropout, layers - 1);
        }
        return host.zeros(new Shape(0), DataType.UINT8);
    }

    /**
     * Computes the states of frames that follow those of an earlier call.
     *
     * @param input the frames (N,T,F) with T of 1 or more, all valid
     * @param earlier the states and cells (layers,N,H) after the frames before; zeros at the start
     * @return the states (N,T,H), and the states and cells after these frames
     * @throws TensorMismatchException as for a whole batch
     */
    NDList advance(ParameterStore parameterStore, NDArray input, NDList earlier) {
        NDList weights = checkedParameters(parameterStore, input, false);
        try (NDManager host = input.getManager().newSubManager(Device.cpu())) {
            // cuDNN wants its weights in one chunk, and would copy them there with a warning.
            long[] numbers = {layers, input.getDevice().isGpu() ? 1 : 0};
            NDList arguments = new NDList(input).addAll(earlier);
            arguments.add(host.create(numbers));
            return STREAMING.infer(arguments, weights);
        }
    }

    /** Returns the states or cells before the first frame of so many sequences. */
    NDArray initialState(NDManager manager, NDArray input) {
        Shape shape = new Shape(layers, input.getShape().get(0), stateSize);
        return manager.zeros(shape, input.getDataType());
    }

    boolean isBidirectional() {
        return directions == 2;
    }

    @Override
    long checkParameters(NDList weights) {
        Shape first = weights.head().getShape();
        long features = first.dimension() == 2 ? first.get(1) : -1;
        checkParameterShapes(weights, parameterShapes(features), settings);
        return features;
    }

    /** {@inheritDoc} */
    @Override
    protected void saveMetadata(DataOutputStream os) throws IOException {
        os.writeInt(stateSize);
        os.writeInt(layers);
        os.writeInt(directions);
        super.saveMetadata(os);
    }

    /** {@inheritDoc} */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws IOException, MalformedModelException {
        if (loadVersion == VERSION_WITHOUT_SETTINGS) {
            readInputShapes(is);
            return;
        }
        if (loadVersion == VERSION) {
            checkSettings(describe(is.readInt(), is.readInt(), is.readInt()), settings);
        }
        super.loadMetadata(loadVersion, is);
    }

    private TorchScriptProgram program(NDArray input) {
        return chosen.orElseGet(() -> LSTMProgram.choose(input, stateSize)).program();
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] outputs = inputShapes.clone();
        outputs[0] =
                new Shape(
                        inputShapes[0].get(0),
                        inputShapes[0].get(1),
                        (long) directions * stateSize);
        return outputs;
    }

    /** Builds a {@link PackedLSTM}. */
    public static final class Builder {

        private int stateSize;
        private int layers = 1;
        private Direction direction = Direction.BIDIRECTIONAL;
        private float dropout;
        private Optional<LSTMProgram> program = Optional.empty();

        Builder() {}

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
         * Sets the directions in which the sequences are read.
         *
         * @param direction {@link Direction#BIDIRECTIONAL} by default
         * @return this builder
         */
        public Builder optDirection(Direction direction) {
            this.direction = Objects.requireNonNull(direction, "direction");
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

        /** Sets the program, whatever the input. */
        Builder optProgram(LSTMProgram program) {
            this.program = Optional.of(program);
            return this;
        }

        /**
         * Builds the block.
         *
         * @return the block
         * @throws IllegalArgumentException if a value is out of its range
         */
        public PackedLSTM build() {
            if (stateSize < 1 || layers < 1 || !(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException(
                        "state size "
                                + stateSize
                                + " and layers "
                                + layers
                                + " must be 1 or more, dropout "
                                + dropout
                                + " from 0 to below 1");
            }
            return new PackedLSTM(this);
        }
    }
}
