package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Record;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.random.ViewRandom;
import io.github.djlctc.host.HostArrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SampleDatasetTest {

    private final NDManager manager = NDManager.newBaseManager();
    private List<PreparedSample> samples;

    @BeforeEach
    void prepare() throws Exception {
        List<TinySample> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(new TinySample("sample " + i, "BD", 10 + i));
        }
        SkippedSamples skipped = new SkippedSamples(Policy.STRICT);
        samples =
                new Preparation<>(new TinyModel(), TinySample::read, "samples", skipped)
                        .prepareUsable("test", all);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void givesFeaturesAndTarget() throws Exception {
        Record record = SampleDataset.ofEvaluation(samples, 1).get(manager, 5);

        assertThat(HostArrays.readFloats(record.getData().head())).hasSize(15).containsOnly(15);
        assertThat(record.getData().head().getShape().getShape()).containsExactly(15, 1);
        assertThat(HostArrays.readLongs(record.getLabels().head())).containsExactly(3, 5);
    }

    @Test
    void variesWithSeedEpochAndSampleOnly() throws Exception {
        SampleDataset dataset = SampleDataset.ofTraining(samples, 1, BatchBounds.ofSamples(4), 1);
        SampleDataset same = SampleDataset.ofTraining(samples, 1, BatchBounds.ofSamples(4), 1);
        SampleDataset other = SampleDataset.ofTraining(samples, 1, BatchBounds.ofSamples(4), 2);
        Set<Integer> seen = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            dataset.sampler().setEpoch(epoch);
            same.sampler().setEpoch(epoch);
            other.sampler().setEpoch(epoch);
            for (int index = 0; index < samples.size(); index++) {
                float[] features = features(dataset, index);
                assertThat(features(same, index)).isEqualTo(features);
                assertThat(features(other, index)).isNotEqualTo(features);
                assertThat(seen.add(Arrays.hashCode(features))).isTrue();
            }
        }
    }

    /** Shortens by up to a third; a sample of 12 frames whose target needs 10. */
    @Test
    void variesNoSampleBeyondWhatItsTargetNeeds() throws Exception {
        PreparedSample tight = shortened("tight", 12, 10);
        PreparedSample roomy = shortened("roomy", 12, 6);
        SampleDataset dataset =
                SampleDataset.ofTraining(List.of(tight, roomy), 1, BatchBounds.ofSamples(2), 1);
        Set<Integer> tightLengths = new HashSet<>();
        Set<Integer> roomyLengths = new HashSet<>();
        for (int epoch = 0; epoch < 100; epoch++) {
            tightLengths.add(dataset.features(0, epoch, 0).length);
            roomyLengths.add(dataset.features(1, epoch, 0).length);
        }
        assertThat(tightLengths).containsExactlyInAnyOrder(10, 11, 12);
        assertThat(roomyLengths).containsExactlyInAnyOrder(8, 9, 10, 11, 12);
    }

    @Test
    void leavesASampleWithoutRoomAsItIs() throws Exception {
        FeatureSource source =
                new FeatureSource() {

                    @Override
                    public float[] plain() {
                        return new float[12];
                    }

                    @Override
                    public float[] varied(RandomGenerator random) {
                        return new float[11];
                    }
                };
        PreparedSample full = new PreparedSample("full", "BD", new long[] {3, 5}, 12, 12, source);

        assertThat(
                        SampleDataset.ofTraining(List.of(full), 1, BatchBounds.ofSamples(1), 1)
                                .features(0, 1, 0))
                .hasSize(12);
    }

    /** By the tiny model, a frame of logits for every two of features. */
    @Test
    void knowsTheLeastFramesOfATarget() {
        assertThat(samples).extracting(PreparedSample::leastFrames).containsOnly(4);
    }

    @Test
    void aLongSampleComesInABatchOfItsOwn() {
        BatchBounds bounds = new BatchBounds(4, OptionalLong.of(45));
        SampleDataset dataset = SampleDataset.ofTraining(samples, 1, bounds, 1);
        dataset.sampler().setEpoch(5);
        // Of 10 to 21 frames: 4 in batches of up to 11, 3 of up to 15, 2 of up to 21.
        assertThat(dataset.batches()).isBetween(5L, 6L);
        assertThat(dataset.sampler().epoch()).isEqualTo(5);
        dataset.sampler()
                .sample(dataset)
                .forEachRemaining(
                        batch -> {
                            int longest =
                                    dataset.samples(batch).stream()
                                            .mapToInt(PreparedSample::frames)
                                            .max()
                                            .orElseThrow();
                            assertThat(batch.size() * longest).isLessThanOrEqualTo(45);
                        });
        assertThat(SampleDataset.ofTraining(samples, 1, BatchBounds.ofSamples(4), 1).batches())
                .isEqualTo(3);
    }

    /** Whatever is trained with: sixteen samples of an hour would be as large as a corpus. */
    @Test
    void longSamplesAreMeasuredInSmallBatches() {
        List<PreparedSample> some = new ArrayList<>();
        for (int frames : new int[] {100, 100, 20_000, 20_000, 20_000, 60_000}) {
            some.add(shortened("of " + frames, frames, 4));
        }
        SampleDataset dataset = SampleDataset.ofEvaluation(some, 1);
        List<Integer> sizes = new ArrayList<>();
        dataset.sampler().sample(dataset).forEachRemaining(batch -> sizes.add(batch.size()));
        assertThat(sizes).containsExactly(2, 2, 1, 1);
    }

    @Test
    void boundsArePositive() {
        assertThatThrownBy(() -> BatchBounds.ofSamples(0)).hasMessageContaining("batch size");
        assertThatThrownBy(() -> new BatchBounds(1, OptionalLong.of(0)))
                .hasMessageContaining("frames of a batch");
        assertThat(new BatchBounds(16, OptionalLong.of(48_000)))
                .hasToString("batches of 16, of up to 48000 frames");
        assertThat(BatchBounds.ofSamples(8)).hasToString("batches of 8");
    }

    @Test
    void viewsDifferInAllButTheirLength() throws Exception {
        FeatureSource source =
                new FeatureSource() {

                    @Override
                    public float[] plain() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public float[] varied(RandomGenerator random) {
                        float[] values = new float[12 - ViewRandom.shared(random).nextInt(5)];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = random.nextFloat();
                        }
                        return values;
                    }
                };
        List<PreparedSample> one =
                List.of(new PreparedSample("one", "BD", new long[] {3, 5}, 12, 10, source));
        SampleDataset dataset = SampleDataset.ofTraining(one, 1, BatchBounds.ofSamples(1), 1, 2);
        SampleDataset same = SampleDataset.ofTraining(one, 1, BatchBounds.ofSamples(1), 1, 2);
        Set<Integer> lengths = new HashSet<>();
        for (int epoch = 0; epoch < 50; epoch++) {
            float[] second = dataset.features(0, epoch, 1);
            float[] first = dataset.features(0, epoch, 0);
            assertThat(first).hasSameSizeAs(second).isNotEqualTo(second);
            assertThat(same.features(0, epoch, 0)).isEqualTo(first);
            assertThat(same.features(0, epoch, 1)).isEqualTo(second);
            lengths.add(first.length);
        }
        assertThat(lengths).containsExactlyInAnyOrder(10, 11, 12);
    }

    private static PreparedSample shortened(String id, int frames, int leastFrames) {
        FeatureSource source =
                new FeatureSource() {

                    @Override
                    public float[] plain() {
                        return new float[frames];
                    }

                    @Override
                    public float[] varied(RandomGenerator random) {
                        return new float[frames - random.nextInt(frames / 3 + 1)];
                    }
                };
        return new PreparedSample(id, "BD", new long[] {3, 5}, frames, leastFrames, source);
    }

    @Test
    void givesTheSameWhateverTheThreadAndTheOrder() throws Exception {
        SampleDataset dataset = SampleDataset.ofTraining(samples, 1, BatchBounds.ofSamples(4), 1);
        List<float[]> expected = new ArrayList<>();
        for (int index = 0; index < samples.size(); index++) {
            expected.add(features(dataset, index));
        }
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            List<Future<float[]>> futures = new ArrayList<>();
            for (int index = samples.size() - 1; index >= 0; index--) {
                int i = index;
                futures.add(0, executor.submit(() -> features(dataset, i)));
            }
            for (int index = 0; index < samples.size(); index++) {
                assertThat(futures.get(index).get()).isEqualTo(expected.get(index));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static float[] features(SampleDataset dataset, int index) throws Exception {
        return dataset.features(index, dataset.sampler().epoch(), 0);
    }
}
