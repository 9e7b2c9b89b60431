package io.github.djlctc.examples.speech.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.ParameterStore;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;
import io.github.djlctc.host.HostArrays;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class AcousticModelTest {

    private static final int FEATURES = 4;
    private static final int CLASSES = 5;
    private static final int FRAMES = 20;
    private static final long[] LENGTHS = {20, 7, 1, 13};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void givesAnUtteranceTheSameLogitsAloneAndInABatch(int subsampling) {
        AcousticModel model = initialised(subsampling);
        float[] values = noise(1);
        // cuDNN computes in TF32, which has ten bits.
        Offset<Float> rounding = within(manager.getDevice().isGpu() ? 1e-3f : 1e-5f);

        float[][] batched = logits(model, padded(values, 0), LENGTHS);
        float[][] withGarbage = logits(model, padded(values, 1e3f), LENGTHS);

        for (int n = 0; n < LENGTHS.length; n++) {
            NDArray alone = padded(values, 0).get(new NDIndex("{}:{}, :{}", n, n + 1, LENGTHS[n]));
            float[] expected = logits(model, alone, LENGTHS[n])[0];
            assertThat(batched[n]).as("sample %d", n).containsExactly(expected, rounding);
            assertThat(withGarbage[n]).containsExactly(expected, rounding);
        }
    }

    @Test
    void keepsUtterancesOfABatchApart() {
        AcousticModel model = initialised(2);
        float[] values = noise(1);
        float[] changed = noise(1);
        float[] other = noise(2);
        System.arraycopy(other, 0, changed, 0, FRAMES * FEATURES);

        float[][] before = logits(model, padded(values, 0), LENGTHS);
        float[][] after = logits(model, padded(changed, 0), LENGTHS);

        assertThat(after[0]).isNotEqualTo(before[0]);
        for (int n = 1; n < LENGTHS.length; n++) {
            assertThat(after[n]).isEqualTo(before[n]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void roundsTheNumberOfFramesUp(int subsampling) {
        AcousticModel model = initialised(subsampling);
        for (int frames = 1; frames <= FRAMES; frames++) {
            Shape shape = new Shape(1, frames, FEATURES);

            NDList output = forward(model, manager.ones(shape), frames);

            long expected = (long) Math.ceil(frames / (double) subsampling);
            assertThat(output.get(0).getShape()).isEqualTo(new Shape(1, expected, CLASSES));
            assertThat(output.get(1).getDataType()).isEqualTo(DataType.INT64);
            assertThat(HostArrays.readLongs(output.get(1))).containsExactly(expected);
            assertThat(model.getOutputShapes(new Shape[] {shape, new Shape(1)}))
                    .containsExactly(output.get(0).getShape(), output.get(1).getShape());
        }
    }

    @Test
    void storesTheLayersThatSavedModelsHave() {
        var children = initialised(2).getChildren();
        assertThat(children.keys())
                .containsExactly(
                        "01convolution",
                        "02norm",
                        "03convolution",
                        "04norm",
                        "05dropout",
                        "06lstm",
                        "07linear");
        assertThat(children.get("01convolution")).isExactlyInstanceOf(Conv1d.class);
        assertThat(children.get("03convolution")).isExactlyInstanceOf(Conv1d.class);
    }

    @Test
    void storesHeadsBetweenLayersOfTheirOwn() {
        AcousticModel model = withHeads(Conditioning.SELF);
        assertThat(model.getChildren().keys())
                .containsExactly(
                        "01convolution",
                        "02norm",
                        "03convolution",
                        "04norm",
                        "05dropout",
                        "06lstm",
                        "07head",
                        "08lstm",
                        "09head",
                        "10lstm",
                        "11linear");
    }

    @ParameterizedTest
    @EnumSource
    void givesTheLogitsOfHeadsInTrainingAndOthersAloneAsInABatch(Conditioning conditioning) {
        AcousticModel model = withHeads(conditioning);
        float[] values = noise(1);
        Offset<Float> rounding = within(manager.getDevice().isGpu() ? 1e-3f : 1e-5f);

        NDList trained =
                model.forward(
                        new ParameterStore(manager, false),
                        new NDList(padded(values, 1e3f), manager.create(LENGTHS)),
                        true);

        Shape logits = new Shape(LENGTHS.length, FRAMES / 2, CLASSES);
        assertThat(trained.getShapes())
                .containsExactly(logits, new Shape(LENGTHS.length), logits, logits);
        assertThat(forward(model, padded(values, 0), LENGTHS)).hasSize(2);
        float[][] batched = logits(model, padded(values, 1e3f), LENGTHS);
        for (int n = 0; n < LENGTHS.length; n++) {
            NDArray alone = padded(values, 0).get(new NDIndex("{}:{}, :{}", n, n + 1, LENGTHS[n]));
            assertThat(batched[n]).containsExactly(logits(model, alone, LENGTHS[n])[0], rounding);
        }
    }

    @Test
    void headsNeedLayersToStandBetween() {
        IntermediateConfig heads = new IntermediateConfig(0.3, Conditioning.NONE);
        ModelSize size = new ModelSize(6, 5, 1, 2, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AcousticModel(size, CLASSES, Optional.of(heads)))
                .withMessage(
                        "intermediate heads are between LSTM layers, but the model has 1; 2 or more"
                                + " expected");
    }

    private AcousticModel withHeads(Conditioning conditioning) {
        Engine.getInstance().setRandomSeed(7);
        AcousticModel model =
                new AcousticModel(
                        new ModelSize(6, 5, 3, 2, 0.3f),
                        CLASSES,
                        Optional.of(new IntermediateConfig(0.3, conditioning)));
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 100, FEATURES), new Shape(1));
        return model;
    }

    @Test
    void namesTheSampleWithAWrongLength() {
        AcousticModel model = initialised(2);
        NDArray features = manager.ones(new Shape(2, 6, FEATURES));

        for (long wrong : new long[] {0, 7, -1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward(model, features, 6, wrong))
                    .withMessage(
                            "sample 1: length %d, but the input has 6 frames; 1 to 6 expected",
                            wrong);
        }
    }

    @Test
    void refusesFeaturesOfAnotherForm() {
        AcousticModel model = initialised(2);
        for (int features : new int[] {FEATURES - 1, 80}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward(model, manager.ones(new Shape(2, 6, features)), 6, 6))
                    .withMessage(
                            "the input is of the shape (2, 6, %d), but must be of"
                                    + " (1 or more, 1 or more, 4) by (N,T,F) of the block's"
                                    + " initialisation",
                            features);
        }
        NDArray doubles = manager.ones(new Shape(2, 6, FEATURES), DataType.FLOAT64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forward(model, doubles, 6, 6))
                .withMessage(
                        "the input is float64, but must be float32, the type of the"
                                + " parameters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forward(model, manager.ones(new Shape(2, 6, FEATURES)), 6))
                .withMessageStartingWith("the array of each length is of the shape (1)");
    }

    @Test
    void checksItsSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelSize(0, 1, 1, 1, 0))
                .withMessageContaining("channels 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelSize(1, 0, 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelSize(1, 1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelSize(1, 1, 1, 0, 0));
        for (float dropout : new float[] {-0.1f, 1, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ModelSize(1, 1, 1, 1, dropout))
                    .withMessageContaining("dropout " + dropout);
        }
    }

    private AcousticModel initialised(int subsampling) {
        Engine.getInstance().setRandomSeed(7);
        AcousticModel model = new AcousticModel(new ModelSize(6, 5, 2, subsampling, 0.3f), CLASSES);
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 100, FEATURES), new Shape(1));
        return model;
    }

    private static float[] noise(long seed) {
        Random random = new Random(seed);
        float[] values = new float[LENGTHS.length * FRAMES * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Returns the batch, with a value in all frames beyond the lengths. */
    private NDArray padded(float[] values, float padding) {
        float[] batch = values.clone();
        for (int n = 0; n < LENGTHS.length; n++) {
            for (int t = (int) LENGTHS[n]; t < FRAMES; t++) {
                for (int d = 0; d < FEATURES; d++) {
                    batch[(n * FRAMES + t) * FEATURES + d] = padding;
                }
            }
        }
        return manager.create(batch, new Shape(LENGTHS.length, FRAMES, FEATURES));
    }

    /** Returns the logits of every sample within its length. */
    private float[][] logits(AcousticModel model, NDArray features, long... lengths) {
        NDList output = forward(model, features, lengths);
        long[] valid = HostArrays.readLongs(output.get(1));
        float[][] logits = new float[lengths.length][];
        for (int n = 0; n < lengths.length; n++) {
            logits[n] =
                    HostArrays.readFloats(output.get(0).get(new NDIndex("{}, :{}", n, valid[n])));
        }
        return logits;
    }

    private NDList forward(AcousticModel model, NDArray features, long... lengths) {
        NDList input = new NDList(features, manager.create(lengths));
        return model.forward(new ParameterStore(manager, false), input, false);
    }
}
