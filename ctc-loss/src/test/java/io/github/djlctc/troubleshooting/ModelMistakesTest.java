package io.github.djlctc.troubleshooting;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.testing.ArrayTest;
import io.github.djlctc.testing.ToyBatch;
import io.github.djlctc.testing.ToyTraining;
import io.github.djlctc.testing.ToyUtterances;

import org.junit.jupiter.api.Test;

import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Models and training loops that keep a loss from falling, or end in an error. */
class ModelMistakesTest extends ArrayTest {

    private static final ToyBatch UTTERANCES = ToyUtterances.of(96, 1);
    private static final Tracker LEARNING_RATE = Tracker.fixed(0.05f);

    private static NDArray transposed(NDArray logits) {
        return logits.transpose(1, 0, 2);
    }

    private static NDArray reshaped(NDArray logits) {
        Shape shape = logits.getShape();
        return logits.reshape(shape.get(1), shape.get(0), shape.get(2));
    }

    /** From (N,T,C) to (T,N,C), a reshape keeps the order of the values, and so mixes samples. */
    @Test
    void aReshapeMixesTheSamples() {
        NDArray logits = manager.randomNormal(new Shape(3, 4, 2));
        NDArray changed = logits.duplicate();
        changed.set(new NDIndex("0"), 0f);

        NDIndex otherSamples = new NDIndex(":, 1:");
        assertThat(transposed(changed).get(otherSamples))
                .isEqualTo(transposed(logits).get(otherSamples));
        assertThat(reshaped(changed).get(otherSamples))
                .isNotEqualTo(reshaped(logits).get(otherSamples));
    }

    /** The fast start is what can be learnt without looking at the features. */
    @Test
    void lossFlatAfterAFastStart() {
        double blind = lossAfterTraining(blindfolded(timeMajor(ModelMistakesTest::transposed)));
        double mixed = lossAfterTraining(timeMajor(ModelMistakesTest::reshaped));
        double right = lossAfterTraining(timeMajor(ModelMistakesTest::transposed));
        assertThat(mixed).isGreaterThan(0.9 * blind);
        assertThat(right).isLessThan(0.5 * blind);
    }

    private static double lossAfterTraining(Block block) {
        CTCLoss loss = CTCLoss.builder().optLayout(EmissionLayout.TIME_MAJOR).build();
        try (ToyTraining training = ToyTraining.onUtterances(block, loss, LEARNING_RATE)) {
            double first = training.fit(UTTERANCES, 1);
            double last = training.fit(UTTERANCES, 19);
            assertThat(last).as("fast start").isLessThan(0.5 * first);
            return last;
        }
    }

    private static Block blindfolded(Block block) {
        return new SequentialBlock()
                .add(LambdaBlock.singleton(features -> features.mul(0)))
                .add(block);
    }

    private static Block timeMajor(Function<NDArray, NDArray> turn) {
        return new SequentialBlock().add(linear()).add(LambdaBlock.singleton(turn));
    }

    @Test
    void twoLinearLayersWithoutActivationAreOne() {
        NDArray input = manager.randomNormal(new Shape(7, 3));
        Linear first = initialized(5, 3);
        Linear second = initialized(4, 5);
        NDArray both = forward(second, forward(first, input));

        NDArray weights = weights(first).matMul(weights(second));
        NDArray bias = forward(second, bias(first).expandDims(0));
        NDArray one = input.matMul(weights).add(bias);
        assertThat(both.toFloatArray()).containsExactly(one.toFloatArray(), within(1e-5f));

        NDArray withActivation = forward(second, Activation.relu(forward(first, input)));
        assertThat(withActivation.sub(one).abs().max().getFloat()).isGreaterThan(0.01f);
    }

    /** The last batch of an epoch is smaller. */
    @Test
    void runtimeErrorAtTheEndOfTheFirstEpoch() {
        ToyBatch notAMultiple = UTTERANCES.part(0, 40);
        Shape fixed = new Shape(16, ToyUtterances.FRAMES, ToyUtterances.CLASSES);
        Block fixedSize =
                new SequentialBlock()
                        .add(linear())
                        .add(LambdaBlock.singleton(x -> x.reshape(fixed)));
        assertErrorInTheThirdBatch(fixedSize, notAMultiple, EngineException.class);

        Block fixedLengths =
                new SequentialBlock()
                        .add(linear())
                        .add(
                                new LambdaBlock(
                                        output -> {
                                            NDManager owner = output.head().getManager();
                                            Shape samples = new Shape(16);
                                            output.add(
                                                    owner.full(
                                                            samples,
                                                            ToyUtterances.FRAMES,
                                                            DataType.INT64));
                                            return output;
                                        }));
        assertErrorInTheThirdBatch(fixedLengths, notAMultiple, CTCInputException.class);

        Shape open = new Shape(-1, ToyUtterances.FRAMES, ToyUtterances.CLASSES);
        Block anySize =
                new SequentialBlock()
                        .add(linear())
                        .add(LambdaBlock.singleton(x -> x.reshape(open)));
        try (ToyTraining training =
                ToyTraining.onUtterances(anySize, CTCLoss.builder().build(), LEARNING_RATE)) {
            assertThat(training.fit(notAMultiple, 2)).isFinite();
        }
    }

    private static void assertErrorInTheThirdBatch(
            Block block, ToyBatch utterances, Class<? extends Exception> type) {
        try (ToyTraining training =
                ToyTraining.onUtterances(block, CTCLoss.builder().build(), LEARNING_RATE)) {
            training.step(utterances.part(0, 16));
            training.step(utterances.part(16, 32));
            assertThatThrownBy(() -> training.step(utterances.part(32, 40))).isInstanceOf(type);
        }
    }

    /** The first steps of Adam are as long as the learning rate, whatever the gradient. */
    @Test
    void warmUpShortensTheFirstSteps() {
        float[] change = firstStep(Tracker.fixed(0.01f));
        for (float value : change) {
            assertThat(Math.abs(value)).isCloseTo(0.01f, within(1e-4f));
        }
        Tracker warmUp =
                WarmUpTracker.builder()
                        .optWarmUpSteps(100)
                        .setMainTracker(Tracker.fixed(0.01f))
                        .build();
        for (float value : firstStep(warmUp)) {
            assertThat(Math.abs(value)).isLessThan(0.0003f);
        }
    }

    private static float[] firstStep(Tracker learningRate) {
        try (ToyTraining training =
                ToyTraining.onUtterances(linear(), CTCLoss.builder().build(), learningRate)) {
            NDArray bias = training.model().getBlock().getParameters().get("bias").getArray();
            NDArray before = bias.duplicate();
            training.step(UTTERANCES);
            return bias.sub(before).toFloatArray();
        }
    }

    private static Linear linear() {
        return Linear.builder().setUnits(ToyUtterances.CLASSES).build();
    }

    private Linear initialized(int units, int inputs) {
        Linear linear = Linear.builder().setUnits(units).build();
        linear.initialize(manager, DataType.FLOAT32, new Shape(1, inputs));
        bias(linear).set(manager.randomNormal(new Shape(units)).toFloatArray());
        return linear;
    }

    private static NDArray weights(Linear linear) {
        return linear.getParameters().get("weight").getArray().transpose();
    }

    private static NDArray bias(Linear linear) {
        return linear.getParameters().get("bias").getArray();
    }

    private NDArray forward(Block block, NDArray input) {
        return block.forward(new ParameterStore(manager, false), new NDList(input), false).head();
    }
}
