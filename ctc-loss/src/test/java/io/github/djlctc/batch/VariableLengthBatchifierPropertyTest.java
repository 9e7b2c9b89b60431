package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Properties of batches of images (height, 2, width) and targets, all of random sizes. */
class VariableLengthBatchifierPropertyTest {

    private static final float PADDING = 0.5f;

    /** Sizes of a sample; the seed gives its values. */
    record Sizes(int height, int width, int targetLength, long seed) {

        NDList sample(NDManager manager) {
            Random random = new Random(seed);
            float[] image = new float[height * 2 * width];
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextFloat();
            }
            return new NDList(
                    manager.create(image, new Shape(height, 2, width)),
                    manager.create(random.longs(targetLength, 0, 9).toArray()),
                    manager.create(random.nextFloat()));
        }
    }

    @Provide
    Arbitrary<List<Sizes>> batches() {
        Arbitrary<Integer> size = Arbitraries.integers().between(0, 6);
        return Combinators.combine(size, size, size, Arbitraries.longs())
                .as(Sizes::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
    }

    @Property(tries = 100)
    void holdsEachSampleInItsCornerAndPaddingElsewhere(
            @ForAll("batches") List<Sizes> sizes,
            @ForAll @IntRange(min = 1, max = 4) int multiple) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDList[] samples = samples(manager, sizes);
            NDList batch = batchifier(multiple).batchify(samples);

            long height = batch.get(0).getShape().get(1);
            long width = batch.get(0).getShape().get(3);
            assertRounded(height, sizes.stream().mapToInt(Sizes::height).max().orElse(0), multiple);
            assertRounded(width, sizes.stream().mapToInt(Sizes::width).max().orElse(0), multiple);
            float[] values = batch.get(0).toFloatArray();
            int position = 0;
            for (int n = 0; n < samples.length; n++) {
                Sizes size = sizes.get(n);
                float[] sample = samples[n].get(0).toFloatArray();
                for (int y = 0; y < height; y++) {
                    for (int c = 0; c < 2; c++) {
                        for (int x = 0; x < width; x++) {
                            float expected =
                                    y < size.height && x < size.width
                                            ? sample[(y * 2 + c) * size.width + x]
                                            : PADDING;
                            assertThat(values[position++]).isEqualTo(expected);
                        }
                    }
                }
            }
            assertThat(batch.get(3).toLongArray())
                    .containsExactly(sizes.stream().mapToLong(Sizes::height).toArray());
            assertThat(batch.get(4).toLongArray())
                    .containsExactly(sizes.stream().mapToLong(Sizes::width).toArray());
            assertThat(batch.get(5).toLongArray())
                    .containsExactly(sizes.stream().mapToLong(Sizes::targetLength).toArray());
        }
    }

    @Property(tries = 100)
    void unbatchifyGivesTheSamplesBack(
            @ForAll("batches") List<Sizes> sizes,
            @ForAll @IntRange(min = 1, max = 4) int multiple) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            VariableLengthBatchifier batchifier = batchifier(multiple);
            NDList[] samples = samples(manager, sizes);

            assertSame(batchifier.unbatchify(batchifier.batchify(samples)), samples);
        }
    }

    @Property(tries = 100)
    void partsOfASplitAreTheBatchesOfTheirSamples(
            @ForAll("batches") List<Sizes> sizes,
            @ForAll @IntRange(min = 1, max = 4) int multiple,
            @ForAll @IntRange(min = 1, max = 9) int slices) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            VariableLengthBatchifier batchifier = batchifier(multiple);
            NDList[] samples = samples(manager, sizes);

            NDList[] parts = batchifier.split(batchifier.batchify(samples), slices, false);

            assertThat(parts).hasSize(Math.min(slices, samples.length));
            int from = 0;
            for (NDList part : parts) {
                int count = (int) part.head().getShape().get(0);
                assertThat(count)
                        .isBetween(
                                samples.length / parts.length,
                                (samples.length + parts.length - 1) / parts.length);
                NDList expected =
                        batchifier.batchify(Arrays.copyOfRange(samples, from, from + count));
                assertSame(part, expected);
                from += count;
            }
            assertThat(from).isEqualTo(samples.length);
        }
    }

    private static VariableLengthBatchifier batchifier(int multiple) {
        return VariableLengthBatchifier.builder()
                .addPad(0, 0, PADDING)
                .addPad(0, 2, PADDING)
                .addPad(1, 0, -1)
                .optMultipleOf(multiple)
                .build();
    }

    private static NDList[] samples(NDManager manager, List<Sizes> sizes) {
        return sizes.stream().map(size -> size.sample(manager)).toArray(NDList[]::new);
    }

    private static void assertRounded(long padded, long longest, int multiple) {
        assertThat(padded % multiple).isZero();
        assertThat(padded).isBetween(longest, longest + multiple - 1);
    }

    private static void assertSame(NDList[] actual, NDList[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertSame(actual[i], expected[i]);
        }
    }

    private static void assertSame(NDList actual, NDList expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            NDArray array = actual.get(i);
            assertThat(array.getShape()).isEqualTo(expected.get(i).getShape());
            assertThat(array.getDataType()).isEqualTo(expected.get(i).getDataType());
            assertThat(array.toArray()).isEqualTo(expected.get(i).toArray());
        }
    }
}
