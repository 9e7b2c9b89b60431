package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;

import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LengthBucketSamplerTest {

    @Test
    void withoutASeedBatchesComeInOrderOfLengthInEachEpoch() {
        long[] lengths = {30, 10, 20, 50, 10};
        LengthBucketSampler sampler =
                LengthBucketSampler.builder().setLengths(lengths).optBatchSize(2).build();

        List<List<Long>> expected = List.of(List.of(1L, 4L), List.of(2L, 0L), List.of(3L));
        assertThat(epoch(sampler, lengths)).isEqualTo(expected);
        assertThat(epoch(sampler, lengths)).isEqualTo(expected);
        assertThat(sampler.getBatchSize()).isEqualTo(2);
    }

    @Test
    void batchesByFramesCountPadding() {
        int[] lengths = {40, 10, 50, 20, 101, 30};
        LengthBucketSampler sampler =
                LengthBucketSampler.builder().setLengths(lengths).optMaxFrames(100).build();

        assertThat(epoch(sampler, Arrays.stream(lengths).asLongStream().toArray()))
                .containsExactly(List.of(1L, 3L, 5L), List.of(0L, 2L), List.of(4L));
        assertThat(sampler.getBatchSize()).isEqualTo(-1);
    }

    @Property(tries = 200)
    void everySampleAppearsOnceInAnEpoch(
            @ForAll @Size(max = 60) List<@LongRange(max = 40) Long> sizes,
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int epoch,
            @ForAll @IntRange(min = 1, max = 9) int batchSize) {
        long[] lengths = sizes.stream().mapToLong(Long::longValue).toArray();
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(lengths)
                        .optBatchSize(batchSize)
                        .optSeed(seed)
                        .optShortestFirstEpochs(1)
                        .build();
        sampler.setEpoch(epoch);

        List<List<Long>> batches = epoch(sampler, lengths);

        assertEachOnce(batches, lengths.length);
        assertThat(batches).allMatch(batch -> !batch.isEmpty() && batch.size() <= batchSize);
        assertThat(batches).hasSize((lengths.length + batchSize - 1) / batchSize);
    }

    @Property(tries = 200)
    void onlyASingleSampleMayExceedTheFrames(
            @ForAll @Size(max = 60) List<@LongRange(max = 40) Long> sizes,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int maxFrames) {
        long[] lengths = sizes.stream().mapToLong(Long::longValue).toArray();
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(lengths)
                        .optMaxFrames(maxFrames)
                        .optSeed(seed)
                        .optLengthJitter(0.5f)
                        .build();

        List<List<Long>> batches = epoch(sampler, lengths);

        assertEachOnce(batches, lengths.length);
        for (List<Long> batch : batches) {
            assertThat(batch).isNotEmpty();
            if (batch.size() > 1) {
                assertThat(batch.size() * Math.max(1, longest(batch, lengths)))
                        .isLessThanOrEqualTo(maxFrames);
            }
        }
    }

    @Test
    void samplesAndFramesMayBothBeLimited() {
        long[] lengths = {10, 10, 10, 10, 60, 60, 1_000};
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(lengths)
                        .optBatchSize(3)
                        .optMaxFrames(120)
                        .build();
        assertThat(epoch(sampler, lengths))
                .containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L), List.of(5L), List.of(6L));
        assertThat(sampler.getBatchSize()).isEqualTo(3);
    }

    @Test
    void seedAndEpochDetermineTheBatches() {
        long[] lengths = randomLengths(200);
        LengthBucketSampler interrupted = shuffled(lengths, 7);
        LengthBucketSampler resumed = shuffled(lengths, 7);
        List<List<Long>> first = epoch(interrupted, lengths);
        List<List<Long>> second = epoch(interrupted, lengths);
        assertThat(interrupted.epoch()).isEqualTo(2);

        resumed.setEpoch(1);

        assertThat(epoch(resumed, lengths)).isEqualTo(second);
        assertThat(resumed.epoch()).isEqualTo(2);
        assertThat(asSets(second)).doesNotContainAnyElementsOf(asSets(first));
        assertThat(epoch(shuffled(lengths, 8), lengths)).isNotEqualTo(first);
    }

    @Test
    void resumesWithinAnEpoch() {
        long[] lengths = randomLengths(50);
        LengthBucketSampler whole = shuffled(lengths, 7);
        List<List<Long>> first = epoch(whole, lengths);
        List<List<Long>> second = epoch(whole, lengths);

        for (int done = 0; done <= first.size() + 1; done++) {
            LengthBucketSampler resumed = shuffled(lengths, 7);
            resumed.setPosition(0, done);
            assertThat(epoch(resumed, lengths))
                    .isEqualTo(first.subList(Math.min(done, first.size()), first.size()));
            assertThat(epoch(resumed, lengths)).isEqualTo(second);
        }
    }

    @Test
    void theBatchesOfASeedNeverChange() {
        long[] lengths = {12, 7, 30, 9, 21, 16, 5, 28};

        assertThat(epoch(shuffled(lengths, 1), lengths))
                .hasToString("[[3, 5, 4], [2, 7], [6, 1, 0]]");
    }

    @Test
    void withoutJitterOnlyTheOrderOfTheBatchesIsShuffled() {
        long[] lengths = randomLengths(100);
        LengthBucketSampler ordered =
                LengthBucketSampler.builder().setLengths(lengths).optBatchSize(4).build();
        LengthBucketSampler shuffled =
                LengthBucketSampler.builder()
                        .setLengths(lengths)
                        .optBatchSize(4)
                        .optSeed(5)
                        .optLengthJitter(0)
                        .build();
        List<List<Long>> expected = epoch(ordered, lengths);

        List<List<Long>> actual = epoch(shuffled, lengths);

        assertThat(actual).isNotEqualTo(expected).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theFirstEpochsGoFromShortToLong() {
        long[] lengths = randomLengths(100);
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(lengths)
                        .optBatchSize(8)
                        .optSeed(3)
                        .optShortestFirstEpochs(2)
                        .build();

        assertThat(lengthsInOrder(epoch(sampler, lengths), lengths)).isSorted();
        assertThat(lengthsInOrder(epoch(sampler, lengths), lengths)).isSorted();
        List<Long> third = lengthsInOrder(epoch(sampler, lengths), lengths);
        List<Long> sorted = new ArrayList<>(third);
        Collections.sort(sorted);
        assertThat(third).isNotEqualTo(sorted);
    }

    @Test
    void rejectsADatasetOfAnotherSize() {
        LengthBucketSampler sampler =
                LengthBucketSampler.builder().setLengths(new long[3]).optBatchSize(2).build();

        assertThatThrownBy(() -> sampler.sample(dataset(sampler, new long[4])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lengths of 3 samples, but the data set has 4 samples");
        assertThat(sampler.epoch()).isZero();
    }

    @Test
    void theBuilderRejectsWhatCannotWork() {
        assertRejected("lengths of the samples", LengthBucketSampler.builder().optBatchSize(1));
        LengthBucketSampler.Builder builder = LengthBucketSampler.builder().setLengths(new int[3]);
        assertRejected("set the batch size, the number of frames", builder);
        assertRejected("a length jitter needs a seed", builder.optBatchSize(2).optLengthJitter(0));
        assertThatThrownBy(() -> builder.setLengths(new long[] {1, -2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1 has the negative length -2");
        assertThatThrownBy(() -> builder.optBatchSize(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.optMaxFrames(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.optLengthJitter(Float.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.optLengthJitter(1.5f))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.optShortestFirstEpochs(-1))
                .isInstanceOf(IllegalArgumentException.class);
        LengthBucketSampler sampler =
                LengthBucketSampler.builder().setLengths(new long[3]).optBatchSize(2).build();
        assertThatThrownBy(() -> sampler.setEpoch(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sampler.setPosition(0, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The share of frames that are padding, of the 948 utterances of AN4 in batches of 16. */
    @Test
    void bucketsOfRealSpeechHoldLittlePadding() throws IOException {
        long[] lengths = readLengths(TestData.of(PublicCorpus.AN4, "data/an4/train_mfcc.npz"));
        LengthBucketSampler ordered =
                LengthBucketSampler.builder().setLengths(lengths).optBatchSize(16).build();
        LengthBucketSampler shuffled =
                LengthBucketSampler.builder()
                        .setLengths(lengths)
                        .optBatchSize(16)
                        .optSeed(1)
                        .build();

        assertThat(paddingShare(randomBatches(lengths.length, 16), lengths))
                .isCloseTo(0.47, within(0.02));
        assertThat(paddingShare(epoch(ordered, lengths), lengths)).isCloseTo(0.018, within(0.001));
        assertThat(paddingShare(epoch(shuffled, lengths), lengths)).isCloseTo(0.043, within(0.005));
    }

    private static void assertRejected(String message, LengthBucketSampler.Builder builder) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void assertEachOnce(List<List<Long>> batches, int count) {
        assertThat(batches.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
    }

    private static LengthBucketSampler shuffled(long[] lengths, long seed) {
        return LengthBucketSampler.builder()
                .setLengths(lengths)
                .optBatchSize(3)
                .optSeed(seed)
                .optLengthJitter(0.3f)
                .build();
    }

    private static List<List<Long>> epoch(Sampler sampler, long[] lengths) {
        List<List<Long>> batches = new ArrayList<>();
        sampler.sample(dataset(sampler, lengths)).forEachRemaining(batches::add);
        return batches;
    }

    private static RandomAccessDataset dataset(Sampler sampler, long[] lengths) {
        return UtteranceDataset.builder(lengths).setSampling(sampler).build();
    }

    private static long[] randomLengths(int count) {
        return new Random(11).longs(count, 50, 600).toArray();
    }

    private static List<List<Long>> asSets(List<List<Long>> batches) {
        return batches.stream().map(batch -> batch.stream().sorted().toList()).toList();
    }

    private static List<Long> lengthsInOrder(List<List<Long>> batches, long[] lengths) {
        return batches.stream()
                .flatMap(List::stream)
                .map(sample -> lengths[sample.intValue()])
                .toList();
    }

    private static long longest(List<Long> batch, long[] lengths) {
        return batch.stream().mapToLong(sample -> lengths[sample.intValue()]).max().orElseThrow();
    }

    private static double paddingShare(List<List<Long>> batches, long[] lengths) {
        long padded =
                batches.stream().mapToLong(batch -> batch.size() * longest(batch, lengths)).sum();
        return 1 - (double) LongStream.of(lengths).sum() / padded;
    }

    private static List<List<Long>> randomBatches(int count, int batchSize) {
        List<Long> order = new ArrayList<>(LongStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(1));
        return IntStream.range(0, (count + batchSize - 1) / batchSize)
                .mapToObj(i -> order.subList(i * batchSize, Math.min(count, (i + 1) * batchSize)))
                .toList();
    }

    private static long[] readLengths(Path npz) throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                InputStream in = Files.newInputStream(npz)) {
            return NDList.decode(manager, in).stream()
                    .map(NDArray::getShape)
                    .mapToLong(shape -> shape.get(0))
                    .toArray();
        }
    }
}
