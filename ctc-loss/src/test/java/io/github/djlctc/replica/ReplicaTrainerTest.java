package io.github.djlctc.replica;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.loss.CTCAlgorithm;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.nn.ChunkedLSTM;
import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.nn.SampleDropout;
import io.github.djlctc.nn.TimeConvolution;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ReplicaTrainerTest {

    private static final int SAMPLES = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void lossAndGradientsAreThoseOfDjlsTrainerWhateverTheNumberOfReplicas(int replicas) {
        try (ReplicaTraining plain = training(recogniser(0), ReplicaTraining.PLAIN);
                ReplicaTraining divided = training(recogniser(0), replicas)) {
            for (int step = 0; step < 3; step++) {
                // Gradients add up over the steps.
                assertClose(
                        divided.gradients(step, SAMPLES), plain.gradients(step, SAMPLES), 1e-12);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void dropoutDoesNotDependOnTheNumberOfReplicas(int replicas) {
        try (ReplicaTraining one = training(recogniser(0.4f), 1);
                ReplicaTraining divided = training(recogniser(0.4f), replicas);
                ReplicaTraining without = training(recogniser(0), 1)) {
            List<double[]> expected = one.gradients(0, SAMPLES);
            assertClose(divided.gradients(0, SAMPLES), expected, 1e-12);
            assertThat(without.gradients(0, SAMPLES).get(0)[0])
                    .isNotCloseTo(expected.get(0)[0], within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theSameSeedAndNumberOfReplicasGiveTheSameBits(int replicas) {
        try (ReplicaTraining first = training(recogniser(0.4f), DataType.FLOAT32, replicas);
                ReplicaTraining second = training(recogniser(0.4f), DataType.FLOAT32, replicas)) {
            for (int step = 0; step < 20; step++) {
                first.step(step, SAMPLES);
                second.step(step, SAMPLES);
            }
            List<double[]> expected = first.values();
            for (int i = 0; i < expected.size(); i++) {
                assertThat(second.values().get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmOfTheLossWorks(CTCAlgorithm algorithm) {
        Loss loss = CTCLoss.builder().optAlgorithm(algorithm).optLabelSmoothing(0.1).build();
        try (ReplicaTraining plain =
                        new ReplicaTraining(
                                recogniser(0), loss, DataType.FLOAT64, ReplicaTraining.PLAIN);
                ReplicaTraining divided =
                        new ReplicaTraining(recogniser(0), loss, DataType.FLOAT64, 2)) {
            assertClose(divided.gradients(0, SAMPLES), plain.gradients(0, SAMPLES), 1e-12);
        }
    }

    @Test
    void theLossOfManyClassesMayTakeItsLogitsApart() {
        int classes = 24_000;
        int frames = 256;
        long[] targets = new Random(4).longs(24, 1, classes).toArray();
        double[][] gradients = new double[2][];
        for (int i = 0; i < 2; i++) {
            try (Model model = Model.newInstance("many", Device.cpu())) {
                model.getNDManager().getEngine().setRandomSeed(2);
                model.setBlock(Linear.builder().setUnits(classes).build());
                DefaultTrainingConfig config =
                        new DefaultTrainingConfig(CTCLoss.builder().build())
                                .optDevices(new Device[] {Device.cpu()});
                try (Trainer trainer = ReplicaTrainer.of(model, config, i + 1);
                        NDManager manager = trainer.getManager().newSubManager()) {
                    trainer.initialize(new Shape(1, frames, 2));
                    NDArray x = manager.randomNormal(new Shape(2, frames, 2));
                    NDList labels = new NDList(manager.create(targets, new Shape(2, 12)));
                    try (GradientCollector collector = trainer.newGradientCollector()) {
                        NDList logits = trainer.forward(new NDList(x), labels);
                        collector.backward(trainer.getLoss().evaluate(labels, logits));
                    }
                    NDArray weight = model.getBlock().getParameters().valueAt(0).getArray();
                    gradients[i] =
                            weight.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
                }
            }
        }
        assertThat(gradients[1]).containsExactly(gradients[0], within(1e-5));
        assertThat(Arrays.stream(gradients[0]).map(Math::abs).max().orElse(0)).isGreaterThan(0.1);
    }

    @Test
    void batchesOfAnySizeAreDividedEvenly() {
        try (ReplicaTraining plain = training(recogniser(0), ReplicaTraining.PLAIN);
                ReplicaTraining divided = training(recogniser(0), 4)) {
            for (int samples : new int[] {1, 2, 7, 16}) {
                assertClose(
                        divided.gradients(samples, samples),
                        plain.gradients(samples, samples),
                        1e-12);
            }
        }
    }

    @Test
    void runningStatisticsAreTheMeanOverTheReplicas() {
        // Means over replicas of 2 and 3 samples, weighted so, are the mean over all 5.
        try (ReplicaTraining plain = training(normalised(), ReplicaTraining.PLAIN);
                ReplicaTraining divided = training(normalised(), 2)) {
            plain.step(0, SAMPLES);
            divided.step(0, SAMPLES);
            int mean = parameterIndex("runningMean");
            assertThat(divided.values().get(mean))
                    .containsExactly(plain.values().get(mean), within(1e-12));
            assertThat(divided.values().get(parameterIndex("runningVar")))
                    .isNotEqualTo(plain.values().get(parameterIndex("runningVar")));
        }
    }

    private static int parameterIndex(String name) {
        List<String> names = normalised().getParameters().keys();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).endsWith(name)) {
                return i;
            }
        }
        throw new AssertionError(names);
    }

    @Test
    void leavesNoArraysBehind() {
        try (ReplicaTraining training = training(recogniser(0.4f), 3)) {
            training.step(0, SAMPLES);
            int arrays = arrays(training);
            for (int step = 1; step < 5; step++) {
                training.step(step, SAMPLES);
            }
            assertThat(arrays(training)).isEqualTo(arrays);
        }
    }

    private static int arrays(ReplicaTraining training) {
        return training.trainer().getModel().getNDManager().getManagedArrays().size()
                + training.trainer().getManager().getManagedArrays().size();
    }

    @Test
    void aReplicaThatFailsEndsTheStepAndLeavesNothingBehind() {
        Block failing =
                new SequentialBlock()
                        .add(recogniser(0))
                        .add(
                                new LambdaBlock(
                                        output -> {
                                            if (output.head().getShape().get(0) == 3) {
                                                throw new IllegalStateException("third share");
                                            }
                                            return output;
                                        }));
        try (ReplicaTraining training = training(failing, 2)) {
            training.gradients(0, 4);
            int arrays = arrays(training);
            assertThatIllegalState(() -> training.gradients(1, SAMPLES));
            assertThat(arrays(training)).isEqualTo(arrays);
            training.gradients(2, 4);
        }
    }

    private static void assertThatIllegalState(Runnable step) {
        assertThatThrownBy(step::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("third share");
    }

    @Test
    void aForwardPassOutsideACollectorIsThatOfDjl() {
        try (ReplicaTraining training = training(recogniser(0), 2);
                NDManager manager = training.trainer().getManager().newSubManager()) {
            Shape shape = new Shape(3, ReplicaTraining.FRAMES, ReplicaTraining.FEATURES);
            NDList data =
                    new NDList(manager.ones(shape, DataType.FLOAT64), manager.create(lengths(3)));
            NDArray expected = training.trainer().evaluate(data).head();
            assertThat(training.trainer().forward(data).head().toDoubleArray())
                    .containsExactly(expected.toDoubleArray(), within(1e-12));
        }
    }

    private static long[] lengths(int samples) {
        return new Random(1).longs(samples, 6, ReplicaTraining.FRAMES).toArray();
    }

    @Test
    void easyTrainTrainsWithReplicas() throws Exception {
        try (Model model = Model.newInstance("line", Device.cpu());
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            model.setBlock(Linear.builder().setUnits(1).build());
            NDArray x = manager.arange(-1f, 1f, 0.05f).reshape(-1, 1);
            ArrayDataset line =
                    new ArrayDataset.Builder()
                            .setData(x)
                            .optLabels(x.mul(3).add(1))
                            .setSampling(8, false)
                            .build();
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(Loss.l2Loss())
                            .optDevices(new Device[] {Device.cpu()})
                            .optOptimizer(
                                    Optimizer.sgd()
                                            .setLearningRateTracker(Tracker.fixed(0.5f))
                                            .build())
                            .addTrainingListeners(TrainingListener.Defaults.basic());
            try (Trainer trainer = ReplicaTrainer.of(model, config, 3)) {
                trainer.initialize(new Shape(1, 1));
                EasyTrain.fit(trainer, 30, line, null);
                assertThat(trainer.getTrainingResult().getEpoch()).isEqualTo(30);
            }
            float[] values = model.getBlock().getParameters().valueAt(0).getArray().toFloatArray();
            assertThat(values[0]).isCloseTo(3, within(1e-2f));
        }
    }

    @Test
    void refusesWhatCannotBeDivided() {
        try (ReplicaTraining training = training(recogniser(0), 2);
                NDManager manager = training.trainer().getManager().newSubManager();
                GradientCollector collector = training.trainer().newGradientCollector()) {
            Shape shape = new Shape(3, ReplicaTraining.FRAMES, ReplicaTraining.FEATURES);
            NDList data =
                    new NDList(manager.ones(shape, DataType.FLOAT64), manager.create(lengths(2)));
            assertThatExceptionOfType(TensorMismatchException.class)
                    .isThrownBy(() -> training.trainer().forward(data))
                    .withMessage(
                            "input 1 is of the shape (2), but must be (3,...) to be divided among"
                                    + " replicas");
            collector.zeroGradients();
        }
    }

    @Test
    void refusesSettingsThatWouldNotWork() {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(Loss.l2Loss()).optDevices(new Device[] {Device.cpu()});
        try (Model model = Model.newInstance("refused", Device.cpu())) {
            model.setBlock(recogniser(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplicaTrainer.of(model, config, 0))
                    .withMessage(
                            "0 replicas on cpu(); must be 1 or more on the CPU, and 1 elsewhere");
            DefaultTrainingConfig two =
                    new DefaultTrainingConfig(Loss.l2Loss())
                            .optDevices(new Device[] {Device.cpu(), Device.of("cpu", 1)});
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplicaTrainer.of(model, two, 2))
                    .withMessageContaining("2 devices");
            model.setBlock(
                    new SequentialBlock()
                            .add(FramewiseBlock.of(Dropout.builder().optRate(0.1f).build())));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReplicaTrainer.of(model, config, 2))
                    .withMessageContaining("SampleDropout");
            ReplicaTrainer.of(model, config, 1).close();
        }
    }

    @Test
    void onePassMayBeGivenWhatAnotherOneMade() {
        double[][] gradients = new double[2][];
        for (int replicas = 1; replicas <= 2; replicas++) {
            try (LinearModel model = new LinearModel(new LambdaBlock(x -> x), replicas)) {
                NDArray once = model.forward(model.input());
                NDArray twice = model.forward(once);
                model.backward(twice.square().sum().add(once.sum()));
                gradients[replicas - 1] = model.gradient();
            }
        }
        assertThat(gradients[1]).containsExactly(gradients[0], within(1e-5));
    }

    @Test
    void aSecondBackwardThroughAPassIsAnErrorWhateverTheNumberOfReplicas() {
        for (int replicas = 1; replicas <= 2; replicas++) {
            try (LinearModel model = new LinearModel(new LambdaBlock(x -> x), replicas)) {
                NDArray output = model.forward(model.input());
                NDArray sum = output.sum();
                NDArray squares = output.square().sum();
                model.backward(sum);
                assertThatThrownBy(() -> model.backward(squares))
                        .isInstanceOfAny(IllegalStateException.class, EngineException.class)
                        .hasMessageContaining("second time");
            }
        }
    }

    @Test
    void severalPassesMayGoBackOneAfterTheOther() {
        double[][] gradients = new double[2][];
        for (int replicas = 1; replicas <= 2; replicas++) {
            try (LinearModel model = new LinearModel(new LambdaBlock(x -> x), replicas)) {
                model.backward(model.forward(model.input()).sum());
                model.backward(model.forward(model.input()).square().sum());
                gradients[replicas - 1] = model.gradient();
            }
        }
        assertThat(gradients[1]).containsExactly(gradients[0], within(1e-5));
    }

    @Test
    void outputsThatAreNotOfTheSamplesAreRefused() {
        Block mean = new LambdaBlock(x -> new NDList(x.head().mean(new int[] {0}, true)));
        try (LinearModel model = new LinearModel(mean, 2)) {
            assertThatExceptionOfType(TensorMismatchException.class)
                    .isThrownBy(() -> model.forward(model.input()))
                    .withMessage(
                            "output 0 is of the shape (1, 3), but must be (2,...) to be divided"
                                    + " among replicas");
        }
    }

    @Test
    void dropoutOfAnArrayThatIsNotOfTheSamplesIsRefused() {
        SequentialBlock block =
                new SequentialBlock()
                        .add(new LambdaBlock(x -> new NDList(x.head().reshape(-1, 1))))
                        .add(SampleDropout.of(0.5f))
                        .add(new LambdaBlock(x -> new NDList(x.head().reshape(-1, 3))));
        for (int replicas = 1; replicas <= 2; replicas++) {
            try (LinearModel model = new LinearModel(block, replicas)) {
                assertThatExceptionOfType(TensorMismatchException.class)
                        .isThrownBy(() -> model.forward(model.input()))
                        .withMessageContaining("samples, each with a seed: it must be (N,...)");
            }
        }
    }

    /** A linear layer of 3 units and a block after it, within a collector. */
    private static final class LinearModel implements AutoCloseable {

        private final Model model = Model.newInstance("linear", Device.cpu());
        private final Trainer trainer;
        private final GradientCollector collector;
        private final NDManager manager;

        LinearModel(Block after, int replicas) {
            model.getNDManager().getEngine().setRandomSeed(6);
            model.setBlock(
                    new SequentialBlock().add(Linear.builder().setUnits(3).build()).add(after));
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(Loss.l2Loss())
                            .optDevices(new Device[] {Device.cpu()});
            trainer = ReplicaTrainer.of(model, config, replicas);
            trainer.initialize(new Shape(4, 3));
            manager = trainer.getManager().newSubManager();
            collector = trainer.newGradientCollector();
        }

        NDArray input() {
            return manager.arange(-1f, 1f, 2f / 12).reshape(4, 3);
        }

        NDArray forward(NDArray input) {
            return trainer.forward(new NDList(input)).head();
        }

        void backward(NDArray loss) {
            collector.backward(loss);
        }

        double[] gradient() {
            NDArray weight = model.getBlock().getParameters().valueAt(0).getArray();
            return weight.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
        }

        @Override
        public void close() {
            collector.close();
            manager.close();
            trainer.close();
            model.close();
        }
    }

    private static Block recogniser(float dropout) {
        return new SequentialBlock()
                .add(TimeConvolution.builder().setChannels(6).build())
                .add(SampleDropout.of(dropout))
                .add(PackedLSTM.builder().setStateSize(4).optLayers(2).optDropout(dropout).build())
                .add(
                        ChunkedLSTM.builder()
                                .setChunk(4)
                                .setStateSize(3)
                                .optLayers(2)
                                .optDropout(dropout)
                                .build())
                .add(FramewiseBlock.of(Linear.builder().setUnits(ReplicaTraining.CLASSES).build()));
    }

    private static Block normalised() {
        return new SequentialBlock()
                .add(FramewiseBlock.of(BatchNorm.builder().optAxis(2).build()))
                .add(FramewiseBlock.of(Linear.builder().setUnits(ReplicaTraining.CLASSES).build()));
    }

    private static ReplicaTraining training(Block block, int replicas) {
        return training(block, DataType.FLOAT64, replicas);
    }

    private static ReplicaTraining training(Block block, DataType type, int replicas) {
        return new ReplicaTraining(block, CTCLoss.builder().build(), type, replicas);
    }

    private static void assertClose(
            List<double[]> actual, List<double[]> expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i))
                    .as("array %d", i)
                    .containsExactly(expected.get(i), within(tolerance));
        }
    }
}
