package io.github.djlctc.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.translate.Batchifier;

import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.CTCMonitor;
import io.github.djlctc.monitor.GradientNormClipper;
import io.github.djlctc.nn.PackedLSTM;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What {@link CTCMonitor} costs: the whole training step of a small recogniser, what gradient
 * clipping takes of it, and what monitoring, which clips too, takes. The monitor's share is {@code
 * (monitor - clip) / step}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class TrainingMonitorBenchmark {

    private static final int SAMPLES = 16;
    private static final int FRAMES = 150;
    private static final int FEATURES = 80;
    private static final int CLASSES = 29;
    private static final int LABELS = 25;

    private final CTCLoss loss = CTCLoss.builder().build();
    private final GradientNormClipper clipper = new GradientNormClipper(1e9f);
    private final CTCMonitor monitor =
            CTCMonitor.builder()
                    .optClipper(new GradientNormClipper(1e9f))
                    .optOnReport(report -> {})
                    .build();
    private final ResumableAdamW optimizer = ResumableAdamW.builder().build();
    private Model model;
    private Trainer trainer;
    private Batch batch;
    private BatchData batchData;

    /** Makes the model, and goes through back-propagation once. */
    @Setup
    public void prepare() {
        model = Model.newInstance("recogniser");
        PackedLSTM lstm = PackedLSTM.builder().setStateSize(160).optLayers(2).build();
        Block output = Linear.builder().setUnits(CLASSES).build();
        model.setBlock(
                new SequentialBlock()
                        .add(new LambdaBlock(TrainingMonitorBenchmark::withLengths))
                        .add(lstm)
                        .add(new LambdaBlock(states -> states.subNDList(0, 1)))
                        .add(output));
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss).optOptimizer(optimizer);
        trainer = model.newTrainer(config);
        trainer.initialize(new Shape(SAMPLES, FRAMES, FEATURES));
        NDManager manager = trainer.getManager().newSubManager();
        NDArray features = manager.randomNormal(new Shape(SAMPLES, FRAMES, FEATURES));
        NDArray targets =
                manager.randomInteger(1, CLASSES, new Shape(SAMPLES, LABELS), DataType.INT64);
        batch =
                new Batch(
                        manager,
                        new NDList(features),
                        new NDList(targets),
                        SAMPLES,
                        Batchifier.STACK,
                        Batchifier.STACK,
                        0,
                        1);
        batchData = backward(manager);
    }

    private static NDList withLengths(NDList features) {
        NDManager manager = features.head().getManager();
        NDArray lengths = manager.full(new Shape(SAMPLES), FRAMES, DataType.INT64);
        return new NDList(features.head(), lengths);
    }

    /** Makes everything in the manager, which is that of the features. */
    private BatchData backward(NDManager manager) {
        NDArray features = batch.getData().head().duplicate();
        features.attach(manager);
        NDList labels = batch.getLabels();
        NDList predictions;
        try (GradientCollector collector = trainer.newGradientCollector()) {
            predictions = trainer.forward(new NDList(features));
            collector.backward(loss.evaluate(labels, predictions));
        }
        Device device = trainer.getDevices()[0];
        return new BatchData(batch, Map.of(device, labels), Map.of(device, predictions));
    }

    /**
     * Makes a whole step: forward, loss, back-propagation, clipping and optimizer.
     *
     * @return the norm of the gradients
     */
    @Benchmark
    public float step() {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            clipper.onTrainingBatch(trainer, backward(manager));
            optimizer.updateAll(model.getBlock());
            return clipper.norm();
        }
    }

    /**
     * Clips the gradients.
     *
     * @return their norm
     */
    @Benchmark
    public float clip() {
        clipper.onTrainingBatch(trainer, batchData);
        return clipper.norm();
    }

    /**
     * Monitors a batch, clipping included.
     *
     * @return whether to step
     */
    @Benchmark
    public boolean monitor() {
        monitor.onTrainingBatch(trainer, batchData);
        return monitor.shouldStep();
    }

    /** Closes the model. */
    @TearDown
    public void close() {
        batch.close();
        trainer.close();
        model.close();
    }
}
