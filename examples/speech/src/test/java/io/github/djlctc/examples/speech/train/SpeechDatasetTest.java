package io.github.djlctc.examples.speech.train;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Record;

import io.github.djlctc.dataset.LengthBucketSampler;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.speech.augment.FeatureNoise;
import io.github.djlctc.examples.speech.model.SpeechModel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

class SpeechDatasetTest {

    private static final Augmentation NOISE =
            new Augmentation(
                    Augmentation.NONE.sound(), new FeatureNoise(1), Augmentation.NONE.features());

    private final NDManager manager = NDManager.newBaseManager();
    private final SpeechModel model = SpeechModel.create(TinyCorpus.CONFIG, TinyCorpus.alphabet());
    private List<PreparedUtterance> utterances;

    @BeforeEach
    void prepare() throws Exception {
        utterances =
                new Preparation(model, new SkippedSamples(Policy.STRICT), new SignalCache(1 << 20))
                        .prepareUsable("test", TinyCorpus.utterances("train", 12));
    }

    @AfterEach
    void close() {
        model.close();
        manager.close();
    }

    @Test
    void givesFeaturesAndTarget() throws Exception {
        Record record = dataset(Augmentation.NONE, 1).get(manager, 5);

        float[] expected = model.extractor().extract(utterances.get(5).signal(), manager).values();
        assertThat(record.getData().head().toFloatArray()).isEqualTo(expected);
        assertThat(record.getData().head().getShape().getShape())
                .containsExactly(utterances.get(5).frames(), 12);
        assertThat(record.getLabels().head().toLongArray()).containsExactly(3, 5);
    }

    @Test
    void variesWithSeedEpochAndUtteranceOnly() throws Exception {
        SpeechDataset dataset = dataset(NOISE, 1);
        SpeechDataset same = dataset(NOISE, 1);
        SpeechDataset other = dataset(NOISE, 2);
        Set<Integer> seen = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            dataset.sampler().setEpoch(epoch);
            same.sampler().setEpoch(epoch);
            other.sampler().setEpoch(epoch);
            for (int index = 0; index < utterances.size(); index++) {
                float[] features = features(dataset, index);
                assertThat(features(same, index)).isEqualTo(features);
                assertThat(features(other, index)).isNotEqualTo(features);
                assertThat(seen.add(Arrays.hashCode(features))).isTrue();
            }
        }
    }

    @Test
    void givesTheSameWhateverTheThreadAndTheOrder() throws Exception {
        SpeechDataset dataset = dataset(NOISE, 1);
        List<float[]> expected = new ArrayList<>();
        for (int index = 0; index < utterances.size(); index++) {
            expected.add(features(dataset, index));
        }
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            List<Future<float[]>> futures = new ArrayList<>();
            for (int index = utterances.size() - 1; index >= 0; index--) {
                int i = index;
                futures.add(0, executor.submit(() -> features(dataset, i)));
            }
            for (int index = 0; index < utterances.size(); index++) {
                assertThat(futures.get(index).get()).isEqualTo(expected.get(index));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private float[] features(SpeechDataset dataset, int index) throws Exception {
        return dataset.get(manager, index).getData().head().toFloatArray();
    }

    private SpeechDataset dataset(Augmentation augmentation, long seed) {
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(
                                utterances.stream().mapToInt(PreparedUtterance::frames).toArray())
                        .optBatchSize(4)
                        .build();
        return SpeechDataset.builder(utterances, model.extractor())
                .setSampling(sampler)
                .optAugmentation(augmentation, seed)
                .build();
    }
}
