package io.github.djlctc.batch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;

import io.github.djlctc.host.CountsArrays;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Sampler and batchifiers at work in a data set, as a trainer uses it. */
class VariableLengthDatasetTest {

    private static final long[] LENGTHS = new Random(5).longs(103, 5, 90).toArray();

    @CountsArrays
    void everyUtteranceArrivesPaddedAndWithItsLengths() throws Exception {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            RandomAccessDataset dataset = dataset();
            for (int epoch = 0; epoch < 3; epoch++) {
                assertEpoch(dataset.getData(manager), manager);
            }
        }
    }

    @CountsArrays
    void prefetchingThreadsGiveTheSame() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            RandomAccessDataset dataset = dataset();
            for (int epoch = 0; epoch < 3; epoch++) {
                assertEpoch(dataset.getData(manager, executor), manager);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aBatchSplitsOverDevices() throws Exception {
        Device[] devices = {Device.cpu(), Device.cpu(), Device.cpu(), Device.cpu()};
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(new long[] {10, 20, 30, 40, 50})
                        .optBatchSize(5)
                        .build();
        RandomAccessDataset dataset =
                UtteranceDataset.builder(10, 20, 30, 40, 50).setSampling(sampler).build();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (Batch batch : dataset.getData(manager)) {
                Batch[] parts = batch.split(devices, false);

                assertThat(parts).extracting(Batch::getSize).containsExactly(1, 1, 1, 2);
                assertThat(parts[3].getData().get(1).toLongArray()).containsExactly(40, 50);
                assertThat(parts[3].getLabels().get(0).toLongArray())
                        .containsExactly(4, 4, 4, 4, -1, 5, 5, 5, 5, 5);
                batch.close();
            }
        }
    }

    private static RandomAccessDataset dataset() {
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(LENGTHS)
                        .optMaxFrames(500)
                        .optSeed(2)
                        .build();
        return UtteranceDataset.builder(LENGTHS).setSampling(sampler).build();
    }

    private static void assertEpoch(Iterable<Batch> batches, NDManager manager) {
        List<Long> seen = new ArrayList<>();
        for (Batch batch : batches) {
            NDArray features = batch.getData().get(0);
            NDArray targets = batch.getLabels().get(0);
            long[] featureLengths = batch.getData().get(1).toLongArray();
            long[] targetLengths = batch.getLabels().get(1).toLongArray();
            for (int n = 0; n < batch.getSize(); n++) {
                long index = (Long) batch.getIndices().get(n);
                seen.add(index);
                long length = LENGTHS[(int) index];
                assertThat(featureLengths[n]).isEqualTo(length);
                assertThat(targetLengths[n]).isEqualTo(UtteranceDataset.targetLength(length));
                assertThat(features.get(n).sum().getFloat())
                        .isEqualTo((index + 1f) * length * UtteranceDataset.FEATURE_COUNT);
                long padding = targets.getShape().get(1) - targetLengths[n];
                assertThat(targets.get(n).sum().getLong())
                        .isEqualTo((index + 1) * targetLengths[n] - padding);
            }
            batch.close();
        }
        assertThat(seen.stream().sorted().toList())
                .isEqualTo(LongStream.range(0, LENGTHS.length).boxed().toList());
        assertThat(manager.getManagedArrays()).isEmpty();
    }
}
