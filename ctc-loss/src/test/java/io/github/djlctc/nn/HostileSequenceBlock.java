package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

import io.github.djlctc.nn.PackedLSTM.Direction;
import io.github.djlctc.testing.HostileArrays;
import io.github.djlctc.testing.HostileCall;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Runs a block with an input, lengths or a parameter that may not fit. */
public final class HostileSequenceBlock implements HostileCall {

    private static final List<LSTMProgram> PROGRAMS = List.of(LSTMProgram.values());

    private final BiFunction<Random, DataType, Block> build;

    private HostileSequenceBlock(BiFunction<Random, DataType, Block> build) {
        this.build = build;
    }

    /** Returns calls of {@link PackedLSTM}. */
    public static HostileSequenceBlock ofLSTM() {
        return new HostileSequenceBlock(HostileSequenceBlock::lstm);
    }

    /** Returns calls of {@link ChunkedLSTM}. */
    public static HostileSequenceBlock ofChunkedLSTM() {
        return new HostileSequenceBlock(HostileSequenceBlock::chunked);
    }

    /** Returns calls of {@link TimeConvolution}. */
    public static HostileSequenceBlock ofConvolution() {
        return new HostileSequenceBlock(HostileSequenceBlock::convolution);
    }

    /** Returns calls of {@link IntermediateHead}. */
    public static HostileSequenceBlock ofHead() {
        return new HostileSequenceBlock(HostileSequenceBlock::head);
    }

    private static Block lstm(Random random, DataType type) {
        PackedLSTM.Builder builder =
                PackedLSTM.builder()
                        .setStateSize(1 + random.nextInt(9))
                        .optLayers(1 + random.nextInt(2))
                        .optDirection(
                                random.nextBoolean() ? Direction.FORWARD : Direction.BIDIRECTIONAL);
        LSTMProgram program = PROGRAMS.get(random.nextInt(PROGRAMS.size()));
        if (program != LSTMProgram.PADDED || type == DataType.FLOAT32) {
            builder.optProgram(program);
        }
        return builder.build();
    }

    private static Block chunked(Random random, DataType type) {
        return ChunkedLSTM.builder()
                .setChunk(1 + random.nextInt(9))
                .setStateSize(1 + random.nextInt(9))
                .optLayers(1 + random.nextInt(2))
                .build();
    }

    private static Block convolution(Random random, DataType type) {
        return TimeConvolution.builder()
                .setChannels(1 + random.nextInt(9))
                .optKernel(1 + 2 * random.nextInt(4))
                .optStride(1 + random.nextInt(9))
                .build();
    }

    /** Without self-conditioning, it reads nothing outside training. */
    private static Block head(Random random, DataType type) {
        return IntermediateHead.builder()
                .setClasses(2 + random.nextInt(8))
                .optSelfConditioning()
                .build();
    }

    @Override
    public void run(Random random, NDManager manager, Consumer<Outcome> demanded) {
        HostileArrays arrays = new HostileArrays(random, manager);
        DataType type = arrays.realType();
        Block block = build.apply(random, type);
        Shape shape =
                new Shape(1 + random.nextInt(3), 1 + random.nextInt(5), 1 + random.nextInt(7));
        block.initialize(manager, type, shape);

        boolean wrongShape = arrays.onceIn(5);
        boolean wrongType = arrays.onceIn(10);
        Shape given = wrongShape ? arrays.otherThan(shape) : shape;
        // Any number of samples and frames is right.
        boolean fits =
                given.dimension() == 3
                        && given.get(2) == shape.get(2)
                        && given.get(0) > 0
                        && given.get(1) > 0;
        DataType inputType = wrongType ? arrays.type() : type;
        NDList inputs = new NDList(arrays.array(given, inputType));
        boolean lengthsFit = !fits || addLengths(inputs, arrays, random);
        Store store = new Store(manager);
        // Not with a wrong input, which may fit the wrong parameter.
        boolean parametersFit = !fits || !arrays.onceIn(5) || !store.spoil(block, arrays, random);
        boolean training = random.nextBoolean();
        boolean needsLengths = training && block instanceof IntermediateHead;
        demanded.accept(
                fits
                                && inputType == type
                                && lengthsFit
                                && parametersFit
                                && (inputs.size() > 1 || !needsLengths)
                        ? Outcome.RESULT
                        : Outcome.REFUSAL);
        block.forward(store, inputs, training).head().sum().toType(DataType.FLOAT64, true);
    }

    /** Adds lengths; returns whether they fit. */
    private static boolean addLengths(NDList inputs, HostileArrays arrays, Random random) {
        if (arrays.onceIn(3)) {
            return true;
        }
        long frames = inputs.head().getShape().get(1);
        boolean wrongShape = arrays.onceIn(8);
        boolean wrongType = arrays.onceIn(8);
        boolean wrongValue = arrays.onceIn(8);
        Shape shape = new Shape(inputs.head().getShape().get(0));
        long[] wrong = {0, -1, frames + 1, Long.MAX_VALUE, Long.MIN_VALUE};
        long length = wrongValue ? wrong[random.nextInt(wrong.length)] : frames;
        DataType type = wrongType ? DataType.FLOAT32 : DataType.INT64;
        NDArray lengths =
                inputs.head()
                        .getManager()
                        .zeros(wrongShape ? arrays.otherThan(shape) : shape, DataType.INT64)
                        .add(length)
                        .toType(type, false);
        inputs.add(lengths);
        return !wrongShape && !wrongType && !wrongValue;
    }

    /** Gives another array in place of that of a parameter. */
    private static final class Store extends ParameterStore {

        private Parameter spoilt;
        private NDArray instead;

        Store(NDManager manager) {
            super(manager, false);
        }

        /** Returns whether it does. */
        boolean spoil(Block block, HostileArrays arrays, Random random) {
            spoilt = block.getParameters().valueAt(random.nextInt(block.getParameters().size()));
            NDArray array = spoilt.getArray();
            boolean otherType = random.nextBoolean();
            DataType type = otherType ? arrays.type() : array.getDataType();
            Shape shape = otherType ? array.getShape() : arrays.otherThan(array.getShape());
            instead = arrays.array(shape, type);
            return type != array.getDataType() || !shape.equals(array.getShape());
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter.equals(spoilt) ? instead : parameter.getArray();
        }
    }
}
