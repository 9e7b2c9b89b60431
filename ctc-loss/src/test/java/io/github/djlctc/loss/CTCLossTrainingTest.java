package io.github.djlctc.loss;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.IndexLoss;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link CTCLoss} in DJL's own training loop, alone and within DJL's losses of several heads. */
class CTCLossTrainingTest extends ArrayTest {

    private static final int SAMPLES = 32;
    private static final int FRAMES = 12;
    private static final int CLASSES = 5;
    private static final int LABELS = 3;
    private static final int EPOCHS = 30;

    @Test
    void learnsAndValidates() throws IOException, TranslateException {
        TrainingResult result = train(linear(), CTCLoss.builder().build());
        assertThat(result.getEpoch()).isEqualTo(EPOCHS);
        assertThat(result.getTrainLoss()).isLessThan(0.1f);
        assertThat(result.getValidateLoss()).isLessThan(0.1f);
    }

    @Test
    void learnsTimeMajorWithInputLengths() throws IOException, TranslateException {
        Block block =
                new SequentialBlock()
                        .add(linear())
                        .add(new LambdaBlock(CTCLossTrainingTest::timeMajorWithLengths));
        CTCLoss loss = CTCLoss.builder().optLayout(EmissionLayout.TIME_MAJOR).build();
        TrainingResult result = train(block, loss);
        assertThat(result.getTrainLoss()).isLessThan(0.1f);
        assertThat(result.getValidateLoss()).isLessThan(0.1f);
    }

    @Test
    void learnsWithinIndexLoss() throws IOException, TranslateException {
        TrainingResult result = train(linear(), new IndexLoss(CTCLoss.builder().build(), 0));
        assertThat(result.getTrainLoss()).isLessThan(0.1f);
        assertThat(result.getValidateLoss()).isLessThan(0.1f);
    }

    @Test
    void learnsTwoHeads() throws IOException, TranslateException {
        Block heads =
                new ParallelBlock(
                        outputs -> new NDList(outputs.get(0).head(), outputs.get(1).head()),
                        List.of(linear(), linear()));
        Loss both =
                new SimpleCompositeLoss()
                        .addLoss(new IndexLoss(CTCLoss.builder().optName("first").build(), 0, 0))
                        .addLoss(new IndexLoss(CTCLoss.builder().optName("second").build(), 1, 0));
        TrainingResult result = train(heads, both);
        assertThat(result.getTrainLoss()).isLessThan(0.2f);
        assertThat(result.getValidateLoss()).isLessThan(0.2f);
    }

    private TrainingResult train(Block block, Loss loss) throws IOException, TranslateException {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(
                                Optimizer.adam()
                                        .optLearningRateTracker(Tracker.fixed(0.1f))
                                        .build())
                        .addTrainingListeners(TrainingListener.Defaults.basic());
        try (Model model = Model.newInstance("test")) {
            model.setBlock(block);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(new Metrics());
                trainer.initialize(new Shape(1, FRAMES, CLASSES));
                EasyTrain.fit(trainer, EPOCHS, dataset(1), dataset(2));
                return trainer.getTrainingResult();
            }
        }
    }

    /**
     * Two layers. The gradients of the last one add up to 0, which DJL's trainer would take for a
     * missing back-propagation if there were no other.
     */
    private static Block linear() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(2 * CLASSES).build())
                .add(Linear.builder().setUnits(CLASSES).build());
    }

    private static NDList timeMajorWithLengths(NDList emissions) {
        NDArray logits = emissions.head().transpose(1, 0, 2);
        NDArray lengths =
                logits.getManager()
                        .full(new Shape(logits.getShape().get(1)), FRAMES, DataType.INT64);
        return new NDList(logits, lengths);
    }

    /** Frames that show their label, or no label, as a noisy unit vector. */
    private ArrayDataset dataset(int seed) {
        Random random = new Random(seed);
        float[] features = new float[SAMPLES * FRAMES * CLASSES];
        long[] targets = new long[SAMPLES * LABELS];
        for (int n = 0; n < SAMPLES; n++) {
            for (int s = 0; s < LABELS; s++) {
                targets[n * LABELS + s] = 1L + random.nextInt(CLASSES - 1);
            }
            for (int t = 0; t < FRAMES; t++) {
                boolean gap = t % 4 == 3;
                int shown = gap ? 0 : (int) targets[n * LABELS + t / 4];
                for (int c = 0; c < CLASSES; c++) {
                    features[(n * FRAMES + t) * CLASSES + c] =
                            (float) (random.nextGaussian() * 0.05) + (c == shown ? 1 : 0);
                }
            }
        }
        return new ArrayDataset.Builder()
                .setData(manager.create(features, new Shape(SAMPLES, FRAMES, CLASSES)))
                .optLabels(manager.create(targets, new Shape(SAMPLES, LABELS)))
                .setSampling(8, false)
                .build();
    }
}
