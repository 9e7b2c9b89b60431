package io.github.djlctc.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;

import io.github.djlctc.host.HostArrays;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** However frames are divided, a stream gives what the model gives for all of them at once. */
class FrameStreamPropertyTest {

    private static final int FEATURES = 3;

    /**
     * The first sees half a kernel ahead, with the stride; the second any number of frames.
     * Recurrent layers read forward alone, or chunks backward too.
     */
    record Model(
            int kernel,
            int stride,
            OptionalInt chunk,
            int lastKernel,
            int lastLookahead,
            DataType type) {

        Block block() {
            return new SequentialBlock()
                    .add(convolution(2 * kernel + 1, kernel, stride))
                    .add(recurrent())
                    .add(convolution(lastKernel, Math.min(lastLookahead, lastKernel - 1), 1))
                    .add(FramewiseBlock.of(Activation.reluBlock()))
                    .add(FramewiseBlock.of(Linear.builder().setUnits(2).build()));
        }

        private Block recurrent() {
            return chunk.isPresent()
                    ? ChunkedLSTM.builder()
                            .setChunk(chunk.getAsInt())
                            .setStateSize(5)
                            .optLayers(2)
                            .build()
                    : PackedLSTM.builder()
                            .setStateSize(5)
                            .optLayers(2)
                            .optDirection(PackedLSTM.Direction.FORWARD)
                            .build();
        }

        private static TimeConvolution convolution(int kernel, int lookahead, int stride) {
            return TimeConvolution.builder()
                    .setChannels(4)
                    .optKernel(kernel)
                    .optLookahead(lookahead)
                    .optStride(stride)
                    .build();
        }

        double rounding() {
            return type == DataType.FLOAT32 ? 1e-5 : 1e-12;
        }
    }

    @Provide
    Arbitrary<Model> models() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 9),
                        chunks(),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(DataType.FLOAT32, DataType.FLOAT64))
                .as(Model::new);
    }

    private static Arbitrary<OptionalInt> chunks() {
        return Arbitraries.integers()
                .between(1, 20)
                .map(OptionalInt::of)
                .optional(0.7)
                .map(chunk -> chunk.orElse(OptionalInt.empty()));
    }

    @Provide
    Arbitrary<List<Integer>> parts() {
        return Arbitraries.integers().between(1, 12).list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 200)
    void equalsTheWhole(
            @ForAll("models") Model model,
            @ForAll("parts") List<Integer> parts,
            @ForAll("sequences") int sequences) {
        Engine.getInstance().setRandomSeed(parts.hashCode());
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block block = model.block();
            block.initialize(manager, model.type(), new Shape(1, 9, FEATURES), new Shape(1));
            int frames = parts.stream().mapToInt(Integer::intValue).sum();
            NDArray input =
                    manager.randomNormal(new Shape(sequences, frames, FEATURES), model.type());
            NDArray whole =
                    block.forward(new ParameterStore(manager, false), new NDList(input), false)
                            .head();

            NDArray streamed = streamed(block, input, parts, manager);

            assertThat(streamed.getShape()).isEqualTo(whole.getShape());
            assertThat(values(streamed)).containsExactly(values(whole), within(model.rounding()));
            block.getParameters().values().forEach(parameter -> parameter.close());
        }
    }

    @Provide
    Arbitrary<Integer> sequences() {
        return Arbitraries.integers().between(1, 3);
    }

    private static NDArray streamed(
            Block block, NDArray input, List<Integer> parts, NDManager manager) {
        List<NDArray> outputs = new ArrayList<>();
        try (FrameStream stream = FrameStream.open(block, manager)) {
            int from = 0;
            for (int part : parts) {
                stream.accept(input.get(":, {}:{}", from, from + part)).ifPresent(outputs::add);
                from += part;
            }
            stream.finish().ifPresent(outputs::add);
        }
        NDArray all = outputs.get(0);
        for (NDArray next : outputs.subList(1, outputs.size())) {
            all = all.concat(next, 1);
        }
        return all;
    }

    private static double[] values(NDArray array) {
        return HostArrays.readDoubles(array.toType(DataType.FLOAT64, false));
    }
}
