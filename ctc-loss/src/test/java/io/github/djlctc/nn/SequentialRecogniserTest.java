package io.github.djlctc.nn;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Subsampling, recurrent and linear layers in one of DJL's sequential blocks. */
class SequentialRecogniserTest extends ArrayTest {

    private static final int SAMPLES = 32;
    private static final int FRAMES = 24;
    private static final int CLASSES = 4;
    private static final int LABELS = 3;

    private static Block block() {
        return new SequentialBlock()
                .add(TimeConvolution.builder().setChannels(16).optStride(2).build())
                .add(FramewiseBlock.of(LayerNorm.builder().axis(2).build()))
                .add(FramewiseBlock.of(Activation.reluBlock()))
                .add(PackedLSTM.builder().setStateSize(12).build())
                .add(FramewiseBlock.of(Linear.builder().setUnits(CLASSES).build()));
    }

    /** The same with heads after two of three recurrent layers, which are told to the next one. */
    private static Block withHeads() {
        SequentialBlock block =
                new SequentialBlock()
                        .add(TimeConvolution.builder().setChannels(16).optStride(2).build());
        for (int i = 0; i < 2; i++) {
            block.add(PackedLSTM.builder().setStateSize(12).build())
                    .add(
                            IntermediateHead.builder()
                                    .setClasses(CLASSES)
                                    .optSelfConditioning()
                                    .build());
        }
        return block.add(PackedLSTM.builder().setStateSize(12).build())
                .add(FramewiseBlock.of(Linear.builder().setUnits(CLASSES).build()));
    }

    @Test
    void learnsWithHeadsBetweenLayers() throws Exception {
        IntermediateCTCLoss loss = IntermediateCTCLoss.builder().optInterpolated(2, 0.5).build();
        try (Model model = Model.newInstance("recogniser")) {
            model.setBlock(withHeads());
            // Validation has no logits of heads, and the losses shown are those of the output.
            TrainingResult result = train(model, loss);
            assertThat(result.getTrainLoss()).isLessThan(0.2f);
            assertThat(result.getValidateLoss()).isLessThan(0.2f);
            assertReadsEachSampleAsIfAlone(model.getBlock());
        }
    }

    @Test
    void learnsByEasyTrainAndReadsEachSampleAsIfAlone(@TempDir Path folder) throws Exception {
        try (Model model = Model.newInstance("recogniser")) {
            model.setBlock(block());
            TrainingResult result = train(model, CTCLoss.builder().build());
            assertThat(result.getTrainLoss()).isLessThan(0.2f);
            assertThat(result.getValidateLoss()).isLessThan(0.2f);
            model.save(folder, "recogniser");
        }
        try (Model model = Model.newInstance("recogniser")) {
            model.setBlock(block());
            model.load(folder, "recogniser");
            assertReadsEachSampleAsIfAlone(model.getBlock());
        }
    }

    private TrainingResult train(Model model, Loss loss) throws Exception {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(
                                Optimizer.adam()
                                        .optLearningRateTracker(Tracker.fixed(0.03f))
                                        .build())
                        .addTrainingListeners(TrainingListener.Defaults.basic());
        try (Trainer trainer = model.newTrainer(config)) {
            trainer.setMetrics(new Metrics());
            trainer.initialize(new Shape(1, FRAMES, CLASSES), new Shape(1));
            EasyTrain.fit(trainer, 20, dataset(1), dataset(2));
            return trainer.getTrainingResult();
        }
    }

    private void assertReadsEachSampleAsIfAlone(Block block) {
        long[] lengths = {FRAMES, 9, 1};
        NDArray input = manager.randomNormal(new Shape(3, FRAMES, CLASSES));
        NDList together = forward(block, input, lengths);
        for (int n = 0; n < lengths.length; n++) {
            long frames = (lengths[n] + 1) / 2;
            assertThat(HostArrays.readLongs(together.get(1))[n]).isEqualTo(frames);
            NDArray sample = input.get(new NDIndex("{}:{}, :{}", n, n + 1, lengths[n]));
            float[] alone = HostArrays.readFloats(forward(block, sample, lengths[n]).head());
            assertThat(HostArrays.readFloats(together.head().get(n).get(":" + frames)))
                    .containsExactly(alone, within(manager.getDevice().isGpu() ? 1e-2f : 1e-5f));
        }
    }

    private NDList forward(Block block, NDArray input, long... lengths) {
        NDList inputs = new NDList(input, manager.create(lengths));
        return block.forward(new ParameterStore(manager, false), inputs, false);
    }

    /** Samples of 12, 18 or 24 frames, of which every 6 show a label and then nothing. */
    private ArrayDataset dataset(int seed) {
        Random random = new Random(seed);
        float[] features = new float[SAMPLES * FRAMES * CLASSES];
        long[] lengths = new long[SAMPLES];
        long[] targets = new long[SAMPLES * LABELS];
        for (int n = 0; n < SAMPLES; n++) {
            int labels = 1 + random.nextInt(LABELS);
            lengths[n] = 6L * (labels + 1);
            for (int s = 0; s < LABELS; s++) {
                targets[n * LABELS + s] = s < labels ? 1 + random.nextInt(CLASSES - 1) : -1;
            }
            for (int t = 0; t < FRAMES; t++) {
                boolean gap = t % 6 > 3 || t / 6 >= labels;
                int shown = gap ? 0 : (int) targets[n * LABELS + t / 6];
                for (int c = 0; c < CLASSES; c++) {
                    features[(n * FRAMES + t) * CLASSES + c] =
                            (float) (random.nextGaussian() * 0.1) + (c == shown ? 1 : 0);
                }
            }
        }
        return new ArrayDataset.Builder()
                .setData(
                        manager.create(features, new Shape(SAMPLES, FRAMES, CLASSES)),
                        manager.create(lengths))
                .optLabels(manager.create(targets, new Shape(SAMPLES, LABELS)))
                .setSampling(8, false)
                .build();
    }
}
