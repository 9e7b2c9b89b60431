package io.github.djlctc.examples.htr.model;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class LineModelTest {

    private static final int CLASSES = 7;
    private static final int WIDTH = 61;
    private static final long[] WIDTHS = {61, 40, 1, 34};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 40})
    void givesALineTheSameLogitsAloneAndInABatch(int height) {
        LineModel model = initialised(height, 0);
        float[] ink = ink(1, height);

        float[][] batched = logits(model, padded(ink, WIDTH, height), WIDTHS);
        float[][] wider = logits(model, padded(ink, WIDTH + 30, height), WIDTHS);

        for (int n = 0; n < WIDTHS.length; n++) {
            NDArray alone =
                    padded(ink, WIDTH, height).get(new NDIndex("{}:{}, :{}", n, n + 1, WIDTHS[n]));
            float[] expected = logits(model, alone, WIDTHS[n])[0];
            assertThat(batched[n]).as("line %d", n).containsExactly(expected, within(1e-5f));
            assertThat(wider[n]).as("line %d", n).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void aLineDoesNotChangeTheLogitsOfAnother() {
        LineModel model = initialised(32, 0);
        float[] ink = ink(1, 32);
        float[] changed = ink.clone();
        System.arraycopy(ink(2, 32), 0, changed, 0, WIDTH * 32);

        float[][] before = logits(model, padded(ink, WIDTH, 32), WIDTHS);
        float[][] after = logits(model, padded(changed, WIDTH, 32), WIDTHS);

        assertThat(after[0]).isNotEqualTo(before[0]);
        for (int n = 1; n < WIDTHS.length; n++) {
            assertThat(after[n]).isEqualTo(before[n]);
        }
    }

    @Test
    void aColumnOfInkShowsInTheLogitsOfItsFrame() {
        LineModel model = initialised(32, 0);
        NDArray blank = manager.zeros(new Shape(1, 80, 32));
        NDArray inked = manager.zeros(new Shape(1, 80, 32));
        inked.set(new NDIndex(":, 40:44"), 1f);
        float[] before = logits(model, blank, 80)[0];
        float[] after = logits(model, inked, 80)[0];

        double[] change = new double[20];
        for (int i = 0; i < before.length; i++) {
            change[i / CLASSES] += Math.abs(after[i] - before[i]);
        }
        int most = 0;
        for (int frame = 1; frame < change.length; frame++) {
            most = change[frame] > change[most] ? frame : most;
        }
        assertThat(most).isBetween(8, 12);
    }

    @Test
    void oneFrameForEveryFourColumnsRoundedUp() {
        LineModel model = initialised(8, 0);
        for (int width = 1; width <= 200; width++) {
            Shape shape = new Shape(1, width, 8);

            NDList output = forward(model, manager.ones(shape), width);

            long expected = (long) Math.ceil(width / 4.0);
            assertThat(ModelSize.frames(width)).isEqualTo((int) expected);
            assertThat(output.get(0).getShape()).isEqualTo(new Shape(1, expected, CLASSES));
            assertThat(output.get(1).getDataType()).isEqualTo(DataType.INT64);
            assertThat(HostArrays.readLongs(output.get(1))).containsExactly(expected);
            assertThat(model.getOutputShapes(new Shape[] {shape, new Shape(1)}))
                    .containsExactly(output.get(0).getShape(), output.get(1).getShape());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, 2", "0.1, false, 3", "0, true, 3", "0.1, true, 4"})
    void gradientsReachEveryParameter(
            float shortcutWeight, boolean hasHeads, int numberOfPredictions) {
        ModelConfig plain = config(16, shortcutWeight);
        ModelConfig config =
                new ModelConfig(
                        plain.size(),
                        shortcutWeight,
                        LetterCase.KEEP,
                        hasHeads ? new IntermediateConfig(0.3, Conditioning.SELF) : null);
        LineModel block = new LineModel(config, CLASSES);
        Loss loss = loss(config);
        Optimizer optimizer = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
        try (Model model = Model.newInstance("lines")) {
            model.setBlock(block);
            try (Trainer trainer =
                    model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer))) {
                trainer.initialize(new Shape(1, 40, 16), new Shape(1));
                NDManager batch = trainer.getManager();
                NDList input =
                        new NDList(
                                batch.create(ink(3, 16), new Shape(4, WIDTH, 16)),
                                batch.create(WIDTHS));
                NDList labels =
                        new NDList(batch.create(new long[][] {{1, 2}, {3, 4}, {5, -1}, {6, 1}}));
                try (GradientCollector collector = trainer.newGradientCollector()) {
                    NDList predictions = trainer.forward(input);
                    assertThat(predictions).hasSize(numberOfPredictions);
                    collector.backward(loss.evaluate(labels, predictions));
                }
                for (Pair<String, Parameter> parameter : block.getParameters()) {
                    if (parameter.getValue().requiresGradient()) {
                        NDArray gradient = parameter.getValue().getArray().getGradient();
                        assertThat(HostArrays.readScalar(gradient.abs().max()))
                                .as(parameter.getKey())
                                .isPositive()
                                .isFinite();
                    }
                }
            }
        }
    }

    private static Loss loss(ModelConfig config) {
        Alphabet alphabet = Alphabet.ofCharacters("abcdefghijklmnop");
        try (HtrModel model = HtrModel.create(config, alphabet)) {
            return model.trainingLoss(CTCLoss.builder().build());
        }
    }

    @Test
    void theShortcutServesTrainingOnly() {
        LineModel model = initialised(32, 0.1f);

        NDList output = forward(model, manager.ones(new Shape(2, 20, 32)), 20, 9);

        assertThat(output).hasSize(2);
    }

    @Test
    void namesTheLineWithAWrongWidth() {
        LineModel model = initialised(8, 0);
        NDArray lines = manager.ones(new Shape(2, 6, 8));

        for (long wrong : new long[] {0, 7, -1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward(model, lines, 6, wrong))
                    .withMessage(
                            "sample 1: width %d, but the lines have 6 columns; 1 to 6 expected",
                            wrong);
        }
    }

    @Test
    void refusesLinesOfAnotherHeight() {
        LineModel model = initialised(8, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forward(model, manager.ones(new Shape(2, 6, 16)), 6, 6))
                .withMessage(
                        "the array of lines is of the shape (2, 6, 16), but must be of (1 or more,"
                                + " 1 or more, 8) by (N,W,H) of the model's size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forward(model, manager.ones(new Shape(2, 6, 8)), 6))
                .withMessageStartingWith("the array of each width is of the shape (1)");
    }

    @Test
    void checksItsSizes() {
        for (int height : new int[] {0, -8, 12, 520}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ModelSize(height, 1, 1, 1, 0))
                    .withMessageContaining("height " + height);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelSize(8, 0, 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelSize(8, 1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelSize(8, 1, 1, 0, 0));
        for (float dropout : new float[] {-0.1f, 1, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ModelSize(8, 1, 1, 1, dropout))
                    .withMessageContaining("dropout " + dropout);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(8, Float.NaN))
                .withMessageContaining("CTC shortcut");
    }

    private static ModelConfig config(int height, float shortcutWeight) {
        return new ModelConfig(
                new ModelSize(height, 3, 5, 2, 0.3f), shortcutWeight, LetterCase.KEEP);
    }

    private LineModel initialised(int height, float shortcutWeight) {
        Engine.getInstance().setRandomSeed(7);
        LineModel model = new LineModel(config(height, shortcutWeight), CLASSES);
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 100, height), new Shape(1));
        // As after training: normalisation and biases that turn paper into something else than 0.
        for (Pair<String, Parameter> parameter : model.getParameters()) {
            if (parameter.getKey().endsWith("beta") || parameter.getKey().endsWith("Mean")) {
                NDArray values = parameter.getValue().getArray();
                values.set(HostArrays.readFloats(manager.randomNormal(values.getShape())));
            }
        }
        return model;
    }

    private static float[] ink(long seed, int height) {
        Random random = new Random(seed);
        float[] values = new float[WIDTHS.length * WIDTH * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** Returns the batch, padded with paper. */
    private NDArray padded(float[] ink, int width, int height) {
        float[] batch = new float[WIDTHS.length * width * height];
        for (int n = 0; n < WIDTHS.length; n++) {
            System.arraycopy(
                    ink, n * WIDTH * height, batch, n * width * height, (int) WIDTHS[n] * height);
        }
        return manager.create(batch, new Shape(WIDTHS.length, width, height));
    }

    /** Returns the logits of every line within its length. */
    private float[][] logits(LineModel model, NDArray lines, long... widths) {
        NDList output = forward(model, lines, widths);
        long[] valid = HostArrays.readLongs(output.get(1));
        float[][] logits = new float[widths.length][];
        for (int n = 0; n < widths.length; n++) {
            logits[n] =
                    HostArrays.readFloats(output.get(0).get(new NDIndex("{}, :{}", n, valid[n])));
        }
        return logits;
    }

    private NDList forward(LineModel model, NDArray lines, long... widths) {
        NDList input = new NDList(lines, manager.create(widths));
        return model.forward(new ParameterStore(manager, false), input, false);
    }
}
