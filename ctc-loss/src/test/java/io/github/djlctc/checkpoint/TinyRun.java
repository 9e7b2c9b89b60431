package io.github.djlctc.checkpoint;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;
import ai.djl.util.Progress;

import io.github.djlctc.batch.LengthBucketSampler;
import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.GradientNormClipper;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.testing.ToyTraining;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A small training run with all that a real one has: variable lengths, random augmentation,
 * dropout, clipping, a learning rate that changes, an average of the parameters. It goes on from
 * the latest checkpoint in its folder, saves one after every second step, and leaves {@code
 * final.ckpt}, and in {@code mean.ckpt} the mean of the best epochs. On the CPU, which does the
 * same additions in the same order every time.
 */
final class TinyRun {

    private static final int EPOCHS = 16;
    private static final long SEED = 11;
    private static final int SAMPLES = 44;
    private static final int FEATURES = 6;
    private static final int CLASSES = 5;

    private TinyRun() {}

    /** Trains; the first argument is the folder. Every step is a line of the standard output. */
    public static void main(String[] arguments) throws Exception {
        train(Path.of(arguments[0]));
    }

    private static void train(Path folder) throws Exception {
        CheckpointStore store = CheckpointStore.open(folder.resolve("checkpoints"), 2);
        ResumableAdamW optimizer = optimizer();
        LengthBucketSampler sampler = sampler();
        RandomAccessDataset dataset = new Samples(sampler);
        StepRandomness randomness = new StepRandomness(SEED);
        try (ToyTraining training = training(optimizer);
                ParameterAverage average = ParameterAverage.of(training.model().getBlock(), 0.9)) {
            Model model = training.model();
            Trainer trainer = training.trainer();
            TrainingPosition start = TrainingPosition.START;
            TrainingCheckpoint latest = store.latest().orElse(null);
            if (latest != null) {
                latest.restore(model.getBlock(), optimizer, average);
                start = latest.position();
            }
            for (int epoch = start.epoch(); epoch < EPOCHS; epoch++) {
                int batches = epoch == start.epoch() ? start.batch() : 0;
                sampler.setPosition(epoch, batches);
                for (Batch batch : trainer.iterateDataset(dataset)) {
                    randomness.beginStep(optimizer.updates());
                    EasyTrain.trainBatch(trainer, batch);
                    update(trainer, optimizer);
                    average.update();
                    batch.close();
                    batches++;
                    System.out.println("step " + optimizer.updates());
                    if (optimizer.updates() % 2 == 0) {
                        TrainingPosition position = new TrainingPosition(epoch, batches);
                        store.save(capture(model, optimizer, average, position));
                    }
                }
                TrainingPosition next = new TrainingPosition(epoch + 1, 0);
                store.save(capture(model, optimizer, average, next).withScore(Math.cos(epoch)));
            }
            TrainingPosition end = new TrainingPosition(EPOCHS, 0);
            capture(model, optimizer, average, end).write(folder.resolve("final.ckpt"));
            CheckpointMean.of(store.best()).load(model.getBlock());
            capture(model, optimizer, average, end).write(folder.resolve("mean.ckpt"));
        }
    }

    /** Updates in either way, since they may be mixed in a run. */
    private static void update(Trainer trainer, ResumableAdamW optimizer) {
        if (optimizer.updates() % 3 == 0) {
            trainer.step();
        } else {
            optimizer.updateAll(trainer.getModel().getBlock());
        }
    }

    private static TrainingCheckpoint capture(
            Model model,
            ResumableAdamW optimizer,
            ParameterAverage average,
            TrainingPosition position) {
        return TrainingCheckpoint.capture(
                        model.getBlock(), optimizer, position, Map.of("seed", Long.toString(SEED)))
                .withAverage(average);
    }

    private static ResumableAdamW optimizer() {
        return ResumableAdamW.builder()
                .optLearningRateTracker(
                        WarmUpTracker.builder()
                                .optWarmUpSteps(10)
                                .setMainTracker(
                                        Tracker.cosine()
                                                .setBaseValue(0.02f)
                                                .optFinalValue(0)
                                                .setMaxUpdates(170)
                                                .build())
                                .build())
                .build();
    }

    private static ToyTraining training(ResumableAdamW optimizer) {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(CTCLoss.builder().build())
                        .optOptimizer(optimizer)
                        .addTrainingListeners(new GradientNormClipper(1));
        return new ToyTraining(
                Device.cpu(), block(), config, new Shape(1, 10, FEATURES), new Shape(1));
    }

    private static Block block() {
        ParallelBlock head =
                new ParallelBlock(
                        list ->
                                new NDList(
                                        list.get(0).singletonOrThrow(),
                                        list.get(1).singletonOrThrow()));
        head.add(
                new SequentialBlock()
                        .add(new LambdaBlock(states -> new NDList(states.get(0))))
                        .add(Dropout.builder().optRate(0.2f).build())
                        .add(Linear.builder().setUnits(CLASSES).build()));
        head.add(new LambdaBlock(states -> new NDList(states.get(1))));
        return new SequentialBlock()
                .add(PackedLSTM.builder().setStateSize(16).optLayers(2).optDropout(0.2f).build())
                .add(head);
    }

    private static LengthBucketSampler sampler() {
        return LengthBucketSampler.builder()
                .setLengths(IntStream.range(0, SAMPLES).map(TinyRun::length).toArray())
                .optBatchSize(4)
                .optSeed(SEED)
                .build();
    }

    private static int length(int index) {
        return 12 + index * 7 % 13;
    }

    /** Random features that depend on the epoch, as augmented ones do. */
    private static final class Samples extends RandomAccessDataset {

        private final LengthBucketSampler epochs;

        Samples(LengthBucketSampler sampler) {
            super(new Builder().setSampling(sampler));
            epochs = sampler;
        }

        @Override
        public Record get(NDManager manager, long index) {
            int frames = length((int) index);
            SplittableRandom random = new SplittableRandom(SEED + 1000L * epochs.epoch() + index);
            float[] values = new float[frames * FEATURES];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextDouble() + Math.sin((double) i * (index + 1)));
            }
            long[] target = {1 + index % 4, 1 + index / 4 % 4, 1 + index * 3 % 4};
            return new Record(
                    new NDList(manager.create(values, new Shape(frames, FEATURES))),
                    new NDList(manager.create(target)));
        }

        @Override
        protected long availableSize() {
            return SAMPLES;
        }

        @Override
        public void prepare(Progress progress) {
            // Records are made on demand.
        }

        private static final class Builder extends BaseBuilder<Builder> {

            Builder() {
                dataBatchifier = VariableLengthBatchifier.forFeatures();
                labelBatchifier = VariableLengthBatchifier.forTargets();
            }

            @Override
            protected Builder self() {
                return this;
            }
        }
    }
}
