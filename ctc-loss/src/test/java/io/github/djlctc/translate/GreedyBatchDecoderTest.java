package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class GreedyBatchDecoderTest {

    private static final int CLASSES = 5;

    private final GreedyDecoder samples = new GreedyDecoder(Alphabet.ofCharacters(" abc"));
    private final GreedyBatchDecoder decoder = new GreedyBatchDecoder(samples);
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray zeros(int samples, int frames) {
        return manager.zeros(new Shape(samples, frames, CLASSES));
    }

    @Property(tries = 200, seed = "1")
    void eachSampleDecodesAsIfAlone(
            @ForAll @IntRange(min = 1, max = 4) int samples,
            @ForAll @IntRange(max = 12) int frames,
            @ForAll int seed) {
        Random random = new Random(seed);
        float[] values = new float[samples * frames * CLASSES];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(8); // with ties
        }
        long[] lengths = random.longs(samples, 0, frames + 1).toArray();
        try (NDManager batch = NDManager.newBaseManager()) {
            NDArray emissions = batch.create(values, new Shape(samples, frames, CLASSES));
            List<Hypothesis> hypotheses = decoder.decodeBatch(emissions, batch.create(lengths));
            assertThat(hypotheses).hasSize(samples);
            for (int sample = 0; sample < samples; sample++) {
                int from = sample * frames * CLASSES;
                int length = (int) lengths[sample];
                float[] alone = Arrays.copyOfRange(values, from, from + length * CLASSES);
                assertAlike(hypotheses.get(sample), this.samples.decode(alone, length));
            }
        }
    }

    private static void assertAlike(Hypothesis actual, Hypothesis expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withComparatorForType(
                        (a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b), Double.class)
                .isEqualTo(expected);
    }

    @Test
    void withoutLengthsAllFramesAreValid() {
        NDArray emissions = zeros(2, 3);
        emissions.set(new NDIndex("0, 0, 2"), 9);
        emissions.set(new NDIndex("0, 1, 3"), 9);
        emissions.set(new NDIndex("0, 2, 4"), 9);
        assertThat(decoder.decodeBatch(emissions, null))
                .extracting(Hypothesis::text)
                .containsExactly("abc", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT64", "FLOAT32", "INT32"})
    void otherTypesOfScoresAreConverted(DataType type) {
        NDArray emissions = manager.create(new float[] {0, 0, 3, 0, 0}, new Shape(1, 1, CLASSES));
        Hypothesis hypothesis = decoder.decodeBatch(emissions.toType(type, false), null).get(0);
        assertThat(hypothesis.text()).isEqualTo("a");
        assertThat(hypothesis.score()).isCloseTo(3 - Math.log(Math.exp(3) + 4), within(1e-6));
    }

    @Property(tries = 100, seed = "1")
    void probabilitiesHaveTheScoresOfTheirLogarithms(
            @ForAll @IntRange(min = 1, max = 12) int frames, @ForAll int seed) {
        GreedyDecoder alone = new GreedyDecoder(samples.alphabet(), EmissionScale.PROBABILITIES);
        try (NDManager batch = NDManager.newBaseManager()) {
            Shape shape = new Shape(2, frames, CLASSES);
            float[] values = new float[(int) shape.size()];
            Random random = new Random(seed);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (3 * random.nextGaussian());
            }
            NDArray logits = batch.create(values, shape);
            NDArray probabilities = logits.softmax(2);
            List<Hypothesis> expected = decoder.decodeBatch(logits, null);
            List<Hypothesis> actual =
                    new GreedyBatchDecoder(alone).decodeBatch(probabilities, null);
            for (int sample = 0; sample < 2; sample++) {
                assertAlike(actual.get(sample), expected.get(sample));
            }
            float[] first = Arrays.copyOf(HostArrays.readFloats(probabilities), frames * CLASSES);
            assertAlike(actual.get(0), alone.decode(first, frames));
        }
    }

    @Test
    void probabilitiesOfZeroAndOneAreFine() {
        GreedyBatchDecoder ofProbabilities =
                new GreedyBatchDecoder(
                        new GreedyDecoder(samples.alphabet(), EmissionScale.PROBABILITIES));
        NDArray certain =
                manager.create(new float[] {0, 0, 1, 0, 0, 1, 0, 0, 0, 0}, new Shape(1, 2, 5));
        Hypothesis hypothesis = ofProbabilities.decodeBatch(certain, null).get(0);
        assertThat(hypothesis.text()).isEqualTo("a");
        assertThat(hypothesis.score()).isZero();
    }

    @Test
    void scoresOfTheOtherScaleNameSampleAndFrame() {
        NDArray logits = zeros(2, 3);
        logits.set(new NDIndex("1, 0:2, 2"), 1);
        assertThatThrownBy(() -> decoder.decodeBatch(logits, manager.create(new long[] {3, 2})))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("sample 1, frames 0 to 1: the class scores are all")
                .hasMessageContaining("EmissionScale.PROBABILITIES");
        assertThat(decoder.decodeBatch(logits, null)).as("a third frame is otherwise").hasSize(2);
        GreedyBatchDecoder ofProbabilities =
                new GreedyBatchDecoder(
                        new GreedyDecoder(samples.alphabet(), EmissionScale.PROBABILITIES));
        assertThatThrownBy(
                        () ->
                                ofProbabilities.decodeBatch(
                                        logits, manager.create(new long[] {0, 3})))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("sample 1, frame 2: the scores add up to 0.0");
        NDArray broken = logits.add(0);
        broken.set(new NDIndex("1, 1, 3"), Float.NaN);
        assertThatThrownBy(
                        () ->
                                ofProbabilities.decodeBatch(
                                        broken, manager.create(new long[] {0, 2})))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("sample 1, frame 1: the class scores hold NaN");
    }

    @Test
    void emptyBatchesAndEmptySamplesAreFine() {
        assertThat(decoder.decodeBatch(zeros(0, 3), null)).isEmpty();
        assertThat(decoder.decodeBatch(zeros(2, 0), manager.create(new long[] {0, 0})))
                .extracting(Hypothesis::text)
                .containsExactly("", "");
        assertThat(decoder.decodeBatch(zeros(1, 3), manager.create(new int[] {0})))
                .extracting(Hypothesis::text)
                .containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void unusableScoresNameSampleAndFrame(float value) {
        NDArray emissions = zeros(3, 4);
        emissions.set(new NDIndex("1, 2, 4"), value);
        assertThatThrownBy(() -> decoder.decodeBatch(emissions, null))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("sample 1, frame 2: the class scores hold NaN");
    }

    @Test
    void framesWithoutAPossibleClassAreUnusable() {
        NDArray emissions = zeros(1, 2);
        emissions.set(new NDIndex("0, 1"), Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> decoder.decodeBatch(emissions, null))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("sample 0, frame 1");
    }

    @Test
    void paddingMayHoldAnything() {
        NDArray emissions = zeros(2, 4);
        emissions.set(new NDIndex("1, 2:"), Float.NaN);
        assertThat(decoder.decodeBatch(emissions, manager.create(new long[] {4, 2}))).hasSize(2);
    }

    @Test
    void anotherNumberOfClassesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decodeBatch(manager.zeros(new Shape(1, 2, 6)), null))
                .withMessageContaining("each frame has 6 classes, but the alphabet has 5 tokens")
                .withMessageContaining("use the alphabet that the model was trained with");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decodeBatch(manager.zeros(new Shape(2, CLASSES)), null))
                .withMessageContaining("must have the shape (N, T, C)");
    }

    @Test
    void impossibleLengthsNameTheSample() {
        NDArray emissions = zeros(2, 3);
        for (long length : new long[] {-1, 4, 1L << 32}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    decoder.decodeBatch(
                                            emissions, manager.create(new long[] {3, length})))
                    .withMessageContaining(
                            "sample 1: the length is " + length + ", but the emissions have 0..3");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decodeBatch(emissions, manager.create(new long[] {3})))
                .withMessageContaining("lengths must have the shape (2)");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> decoder.decodeBatch(emissions, manager.create(new float[] {3, 3})))
                .withMessageContaining("int64 or int32, but are float32");
    }

    @CountsArrays
    void onlyTheCallersArraysRemain() {
        NDArray emissions = zeros(2, 3);
        NDArray doubles = emissions.toType(DataType.FLOAT64, false);
        NDArray lengths = manager.create(new int[] {3, 2});
        List<NDArray> before = manager.getManagedArrays();
        for (int i = 0; i < 3; i++) {
            decoder.decodeBatch(emissions, lengths);
            decoder.decodeBatch(doubles, null);
        }
        NDArray broken = emissions.add(Float.NaN);
        assertThatThrownBy(() -> decoder.decodeBatch(broken, null))
                .isInstanceOf(InvalidEmissionException.class);
        broken.close();
        assertThat(manager.getManagedArrays())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(emissions.sum().getFloat()).isZero();
        assertThat(lengths.toIntArray()).containsExactly(3, 2);
    }
}
