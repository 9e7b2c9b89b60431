package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;

import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.examples.common.random.ViewRandom;
import io.github.djlctc.host.HostArrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchStreamTest {

    private static final int SAMPLES = 42;
    private static final int BATCH = 4;
    private static final int DIMENSIONS = 2;

    private final NDManager manager = NDManager.newBaseManager();
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() {
        manager.close();
    }

    /** What a batch holds, array by array. */
    private record Content(
            List<?> indices,
            List<Float> features,
            List<Long> frames,
            List<Long> targets,
            List<Long> labels) {

        static Content of(Batch batch) {
            NDList data = batch.getData();
            NDList labels = batch.getLabels();
            List<Float> features = new ArrayList<>();
            for (float value : HostArrays.readFloats(data.get(0))) {
                features.add(value);
            }
            return new Content(
                    batch.getIndices(),
                    features,
                    longs(data.get(1)),
                    longs(labels.get(0)),
                    longs(labels.get(1)));
        }

        private static List<Long> longs(NDArray array) {
            List<Long> values = new ArrayList<>();
            for (long value : HostArrays.readLongs(array)) {
                values.add(value);
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void givesTheBatchesOfDJLsIteratorWhateverTheNumberOfThreads(int threads) throws Exception {
        SampleDataset dataset = dataset();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Content> expected = new ArrayList<>();
            dataset.sampler().setEpoch(epoch);
            for (Batch batch : dataset.getData(manager)) {
                expected.add(Content.of(batch));
            }
            dataset.sampler().setEpoch(epoch);

            assertThat(expected).hasSize(11);
            assertThat(all(dataset, threads)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aResumedEpochGivesTheBatchesThatAreLeft(int threads) throws Exception {
        SampleDataset dataset = dataset();
        dataset.sampler().setEpoch(2);
        List<Content> whole = all(dataset, 3);
        dataset.sampler().setPosition(2, 7);

        assertThat(all(dataset, threads)).isEqualTo(whole.subList(7, 11));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void namesTheSampleThatCanNoLongerBeRead(int threads) {
        assertThatThrownBy(() -> failing(threads, new NoSuchFileException("a.wav")))
                .isInstanceOf(IOException.class)
                .hasMessage("sample 17: no such file or folder: a.wav");
    }

    @Test
    void namesTheSampleAtOtherErrorsToo() {
        assertThatThrownBy(() -> failing(2, new IllegalArgumentException("no sound")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sample 17: no sound")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> failing(2, new UnusableSampleException("told already")))
                .isInstanceOf(UnusableSampleException.class)
                .hasMessage("told already");
        assertThat(manager.getManagedArrays()).isEmpty();
    }

    /** The sample itself does not fit. */
    @Test
    void namesTheSampleThatMemoryIsTooSmallFor() {
        assertThatThrownBy(() -> failing(2, new OutOfMemoryError("Java heap space")))
                .isInstanceOf(BatchMemoryException.class)
                .hasMessageStartingWith(
                        "out of memory for a batch of 1, of which sample 17 is the longest, with ")
                .hasMessageEndingWith(" labels (Java heap space)");
        assertThat(manager.getManagedArrays()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theSecondViewsOfABatchFollowTheFirst(int threads) throws Exception {
        SampleDataset dataset =
                SampleDataset.ofTraining(samples(), DIMENSIONS, BatchBounds.ofSamples(BATCH), 1, 2);
        dataset.sampler().setEpoch(1);
        List<Content> batches = all(dataset, threads);
        dataset.sampler().setPosition(1, 7);
        assertThat(all(dataset, threads)).isEqualTo(batches.subList(7, 11));
        assertThat(batches).hasSize(11);
        for (Content batch : batches) {
            int half = batch.indices().size() / 2;
            assertThat(half).isBetween(2, BATCH);
            assertThat(batch.indices().subList(half, 2 * half))
                    .isEqualTo(batch.indices().subList(0, half));
            assertThat(batch.frames().subList(half, 2 * half))
                    .isEqualTo(batch.frames().subList(0, half));
            assertThat(batch.labels().subList(half, 2 * half))
                    .isEqualTo(batch.labels().subList(0, half));
            int values = batch.features().size() / 2;
            assertThat(batch.features().subList(values, 2 * values))
                    .isNotEqualTo(batch.features().subList(0, values));
        }
    }

    @Test
    void theSizeOfABatchIsThatOfItsSamples() throws Exception {
        SampleDataset dataset =
                SampleDataset.ofTraining(samples(), DIMENSIONS, BatchBounds.ofSamples(BATCH), 1, 2);
        try (BatchLoader loader = new BatchLoader(1);
                BatchStream batches = loader.load(dataset, manager);
                Batch batch = batches.next().orElseThrow()) {
            assertThat(batch.getSize()).isEqualTo(BATCH);
            assertThat(batch.getData().head().getShape().get(0)).isEqualTo(2 * BATCH);
        }
    }

    private void failing(int threads, Throwable exception) throws IOException {
        List<PreparedSample> samples = samples();
        samples.set(17, sample(17, new Failure(exception)));
        all(
                SampleDataset.ofTraining(samples, DIMENSIONS, BatchBounds.ofSamples(BATCH), 1),
                threads);
    }

    @Test
    void makesNoMoreThanAFewBatchesAhead() throws Exception {
        int threads = 2;
        int ahead = 3;
        try (BatchLoader loader = new BatchLoader(threads);
                BatchStream batches = loader.load(dataset(), manager)) {
            for (int taken = 1; taken <= 2; taken++) {
                batches.next().orElseThrow().close();
            }
        }
        // Those that were started are made before the stream is closed.
        assertThat(made.get()).isLessThanOrEqualTo((2 + ahead) * BATCH);
    }

    @Test
    void aBatchHoldsFourArraysAndLeavesNone() throws Exception {
        try (BatchLoader loader = new BatchLoader(3);
                BatchStream batches = loader.load(dataset(), manager);
                Batch batch = batches.next().orElseThrow()) {
            assertThat(batch.getManager().getManagedArrays()).hasSize(4);
        }
        assertThat(manager.getManagedArrays()).isEmpty();
    }

    private List<Content> all(SampleDataset dataset, int threads) throws IOException {
        List<Content> contents = new ArrayList<>();
        try (BatchLoader loader = new BatchLoader(threads);
                BatchStream batches = loader.load(dataset, manager)) {
            Optional<Batch> next = batches.next();
            while (next.isPresent()) {
                try (Batch batch = next.get()) {
                    contents.add(Content.of(batch));
                }
                next = batches.next();
            }
        }
        return contents;
    }

    private SampleDataset dataset() {
        return SampleDataset.ofTraining(samples(), DIMENSIONS, BatchBounds.ofSamples(BATCH), 1);
    }

    private List<PreparedSample> samples() {
        List<PreparedSample> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            samples.add(sample(i, new Noise(10 + i % 5)));
        }
        return samples;
    }

    private static PreparedSample sample(int i, FeatureSource source) {
        return new PreparedSample("sample " + i, "AB", new long[1 + i % 3], 10 + i % 5, 0, source);
    }

    private record Failure(Throwable exception) implements FeatureSource {

        @Override
        public float[] plain() throws IOException {
            if (exception instanceof IOException e) {
                throw e;
            }
            if (exception instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) exception;
        }

        @Override
        public float[] varied(RandomGenerator random) throws IOException {
            return plain();
        }
    }

    private final class Noise implements FeatureSource {

        private final int frames;

        Noise(int frames) {
            this.frames = frames;
        }

        @Override
        public float[] plain() {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] varied(RandomGenerator random) {
            made.incrementAndGet();
            int more = ViewRandom.shared(random).nextInt(3);
            float[] values = new float[(frames + more) * DIMENSIONS];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            return values;
        }
    }
}
