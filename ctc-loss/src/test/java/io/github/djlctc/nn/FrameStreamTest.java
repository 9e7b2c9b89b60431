package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.nn.PackedLSTM.Direction;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Streams of one sequence or a few; FrameStreamPropertyTest has them cut in all ways. */
class FrameStreamTest extends ArrayTest {

    private static final int FEATURES = 3;
    private static final int CHANNELS = 4;
    private static final int CLASSES = 5;
    private static final int CHUNK = 5;

    /** Strides of 2 and 1; sees 2 + 2 * 1 + 2 * 3 frames ahead. */
    private static SequentialBlock recogniser() {
        return new SequentialBlock()
                .add(convolution(5, 2, 2))
                .add(FramewiseBlock.of(LayerNorm.builder().axis(2).build()))
                .add(
                        new SequentialBlock()
                                .add(FramewiseBlock.of(Activation.reluBlock()))
                                .add(convolution(3, 1, 1)))
                .add(lstm(Direction.FORWARD))
                .add(convolution(4, 3, 1))
                .add(FramewiseBlock.of(Dropout.builder().optRate(0.5f).build()))
                .add(FramewiseBlock.of(Linear.builder().setUnits(CLASSES).build()));
    }

    /** A convolution of stride 2, chunks, and a convolution that sees a frame ahead. */
    private static SequentialBlock chunked() {
        return new SequentialBlock()
                .add(convolution(5, 2, 2))
                .add(ChunkedLSTM.builder().setChunk(CHUNK).setStateSize(6).optLayers(2).build())
                .add(convolution(2, 1, 1))
                .add(FramewiseBlock.of(Linear.builder().setUnits(CLASSES).build()));
    }

    private static TimeConvolution convolution(int kernel, int lookahead, int stride) {
        return TimeConvolution.builder()
                .setChannels(CHANNELS)
                .optKernel(kernel)
                .optLookahead(lookahead)
                .optStride(stride)
                .build();
    }

    private static PackedLSTM lstm(Direction direction) {
        return PackedLSTM.builder().setStateSize(6).optLayers(2).optDirection(direction).build();
    }

    private <B extends Block> B initialised(B block) {
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 9, FEATURES), new Shape(1));
        return block;
    }

    private NDArray frames(int sequences, int frames) {
        return manager.randomNormal(new Shape(sequences, frames, FEATURES));
    }

    @Test
    void addsUpWhatTheLayersSeeAhead() {
        assertThat(FrameStream.lookahead(recogniser())).isEqualTo(2 + 2 * 1 + 2 * 3);
        assertThat(FrameStream.lookahead(lstm(Direction.FORWARD))).isZero();
        assertThat(FrameStream.lookahead(chunked())).isEqualTo(2 + 2 * (CHUNK - 1) + 2 * 1);
    }

    @Test
    void returnsAFrameAsSoonAsItsLookaheadIsThere() {
        SequentialBlock block = initialised(recogniser());
        try (FrameStream stream = FrameStream.open(block, manager)) {
            int lookahead = FrameStream.lookahead(block);
            long outputs = 0;
            for (int t = 0; t < 40; t++) {
                outputs += count(stream.accept(frames(2, 1)));
                assertThat(outputs).isEqualTo(t < lookahead ? 0 : (t - lookahead) / 2 + 1);
            }
            assertThat(outputs + count(stream.finish())).isEqualTo(20);
        }
    }

    /** Frame 2 s of the input is frame s of the chunks, which end in frames 4, 9, 14 ... */
    @Test
    void returnsAChunkAsSoonAsItsLastFrameIsThere() {
        SequentialBlock block = initialised(chunked());
        try (FrameStream stream = FrameStream.open(block, manager)) {
            long outputs = 0;
            for (int t = 0; t < 33; t++) {
                outputs += count(stream.accept(frames(2, 1)));
                int seen = t < 2 ? 0 : (t - 2) / 2 + 1;
                int chunks = seen / CHUNK;
                assertThat(outputs).isEqualTo(Math.max(0, chunks * CHUNK - 1));
            }
            assertThat(outputs + count(stream.finish())).isEqualTo(17);
        }
    }

    private static long count(Optional<NDArray> output) {
        return output.map(frames -> frames.getShape().get(1)).orElse(0L);
    }

    @Test
    void framesAheadOfTheLookaheadHaveNoInfluence() {
        SequentialBlock block = initialised(recogniser());
        NDArray input = frames(1, 30);
        NDArray other = input.duplicate();
        other.set(new NDIndex(":, 21:"), 1e3f);

        NDArray before = forward(block, input);
        NDArray after = forward(block, other);

        // Frame 5 of the output is frame 10 of the input and sees up to frame 20.
        assertThat(isClose(after.get(":, :6"), before.get(":, :6"))).isTrue();
        assertThat(isClose(after.get(":, 6"), before.get(":, 6"))).isFalse();
    }

    /** Not bit for bit, since rounding depends on where arrays lie in memory. */
    private static boolean isClose(NDArray one, NDArray other) {
        return one.allClose(other, 1e-5, 1e-5, false);
    }

    private NDArray forward(Block block, NDArray input) {
        return block.forward(new ParameterStore(manager, false), new NDList(input), false).head();
    }

    @Test
    void streamsOfOneModelDoNotMeet() {
        SequentialBlock block = initialised(recogniser());
        NDArray input = frames(1, 30);
        NDArray alone = streamed(block, input);
        try (FrameStream other = FrameStream.open(block, manager)) {
            other.accept(frames(3, 7));
            assertThat(isClose(streamed(block, input), alone)).isTrue();
            other.accept(frames(3, 7));
            assertThat(isClose(streamed(block, input), alone)).isTrue();
        }
    }

    private NDArray streamed(Block block, NDArray input) {
        try (FrameStream stream = FrameStream.open(block, manager)) {
            NDArray first = stream.accept(input.get(":, :20")).orElseThrow();
            NDArray second = stream.accept(input.get(":, 20:")).orElseThrow();
            return first.concat(second, 1).concat(stream.finish().orElseThrow(), 1);
        }
    }

    @Test
    void noFramesGiveNone() {
        try (FrameStream stream = FrameStream.open(initialised(recogniser()), manager)) {
            assertThat(stream.finish()).isEmpty();
        }
    }

    @Test
    void isUsedOnce() {
        try (FrameStream stream = FrameStream.open(initialised(recogniser()), manager)) {
            stream.accept(frames(1, 3));
            stream.finish();
            assertThatIllegalStateException()
                    .isThrownBy(() -> stream.accept(frames(1, 3)))
                    .withMessage("the stream is finished; open another");
            assertThatIllegalStateException().isThrownBy(stream::finish);
        }
    }

    @Test
    void refusesLayersThatDependOnTheWholeSequence() {
        SequentialBlock both = new SequentialBlock().add(lstm(Direction.BIDIRECTIONAL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameStream.open(both, manager))
                .withMessageContaining("reads sequences from their ends too")
                .withMessageContaining("optDirection(Direction.FORWARD)");
        Block linear = Linear.builder().setUnits(2).build();
        for (Block unknown : List.of(linear, new SequentialBlock().add(linear))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FrameStream.lookahead(unknown))
                    .withMessageContaining("Linear does not say which frames it depends on")
                    .withMessageContaining("put it into a FramewiseBlock");
        }
    }

    @Test
    void refusesFramesOfAnotherForm() {
        for (Block block : List.of(recogniser(), chunked(), lstm(Direction.FORWARD))) {
            initialised(block);
            try (FrameStream stream = FrameStream.open(block, manager)) {
                assertThatThrownBy(() -> stream.accept(manager.ones(new Shape(1, FEATURES))))
                        .isInstanceOf(TensorMismatchException.class);
                assertThatThrownBy(() -> stream.accept(manager.ones(new Shape(1, 2, 4))))
                        .isInstanceOf(TensorMismatchException.class)
                        .hasMessageContaining("(N,T,F) of the block's initialisation");
            }
            try (FrameStream stream = FrameStream.open(block, manager)) {
                stream.accept(frames(2, 3));
                assertThatThrownBy(() -> stream.accept(frames(1, 3)))
                        .isInstanceOf(TensorMismatchException.class)
                        .hasMessageContaining("(1, 3, 3)")
                        .hasMessageContaining("by the frames before");
                NDArray doubles = manager.ones(new Shape(2, 3, FEATURES), DataType.FLOAT64);
                assertThatThrownBy(() -> stream.accept(doubles))
                        .isInstanceOf(TensorMismatchException.class)
                        .hasMessageContaining("float64");
            }
        }
    }

    /** Threads other than the one that loaded the engine record for back-propagation. */
    @Test
    void resultsHoldNoGraph() {
        SequentialBlock block = initialised(recogniser());
        NDArray output = CompletableFuture.supplyAsync(() -> streamed(block, frames(1, 30))).join();
        assertThat(HostArrays.readFloats(output)).hasSize(15 * CLASSES);
        assertThat(output.hasGradient()).isFalse();
    }

    @CountsArrays
    void leavesNoArrayBehindHoweverLongItRuns() {
        leavesNoArrayBehind(initialised(recogniser()));
    }

    @CountsArrays
    void leavesNoArrayBehindOfAnyChunk() {
        // Counted after frames 51 and 151, both at the end of a chunk.
        leavesNoArrayBehind(initialised(chunked()));
    }

    private void leavesNoArrayBehind(Block block) {
        int before = arrays(manager);
        try (FrameStream stream = FrameStream.open(block, manager)) {
            int open = 0;
            for (int i = 0; i < 61; i++) {
                try (NDArray part = frames(1, 1 + i % 4)) {
                    stream.accept(part).ifPresent(NDArray::close);
                }
                if (i == 20) {
                    open = arrays(manager);
                }
            }
            assertThat(arrays(manager)).isEqualTo(open);
            stream.finish().ifPresent(NDArray::close);
        }
        assertThat(arrays(manager)).isEqualTo(before);
    }

    /** Counts arrays and managers, also of the managers below. */
    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }
}
