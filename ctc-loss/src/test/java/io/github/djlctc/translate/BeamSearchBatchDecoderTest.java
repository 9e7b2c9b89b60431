package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Samples of an array have the results that their values have. */
class BeamSearchBatchDecoderTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|ab");
    private static final int CLASSES = LETTERS.size();

    private final BeamSearchDecoder decoder =
            BeamSearchDecoder.builder()
                    .setAlphabet(LETTERS)
                    .optHotwords(List.of(new Hotword("b a", 2)))
                    .optNBest(4)
                    .build();
    private final BeamSearchBatchDecoder batches = new BeamSearchBatchDecoder(decoder, 2);
    private final BeamSearchBatchDecoder one = new BeamSearchBatchDecoder(decoder, 1);

    @Test
    void needsAThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BeamSearchBatchDecoder(decoder, 0))
                .withMessageContaining("0 threads");
    }

    @CountsArrays
    void arraysGiveWhatTheirValuesGive() {
        Random random = new Random(3);
        int[] lengths = {9, 0, 12, 5};
        float[] values = new float[4 * 12 * CLASSES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (3 * random.nextGaussian());
        }
        List<BeamSearchResult> expected =
                IntStream.range(0, 4)
                        .mapToObj(
                                i -> {
                                    int from = 12 * i;
                                    return decoder.search(
                                            Arrays.copyOfRange(
                                                    values,
                                                    from * CLASSES,
                                                    (from + lengths[i]) * CLASSES),
                                            lengths[i]);
                                })
                        .toList();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray emissions = manager.create(values, new Shape(4, 12, CLASSES));
            NDArray doubles = emissions.toType(DataType.FLOAT64, false);
            NDArray ints = manager.create(lengths);
            NDArray longs = ints.toType(DataType.INT64, false);
            List<NDArray> before = manager.getManagedArrays();
            assertThat(batches.searchBatch(emissions, ints)).isEqualTo(expected);
            assertThat(one.searchBatch(emissions, longs)).isEqualTo(expected);
            assertThat(batches.searchBatch(doubles, longs)).isEqualTo(expected);
            assertThat(batches.searchBatch(emissions, null).get(2)).isEqualTo(expected.get(2));
            assertThat(manager.getManagedArrays())
                    .usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .containsExactlyInAnyOrderElementsOf(before);
            assertThat(emissions.toFloatArray()).isEqualTo(values);
        }
    }

    @CountsArrays
    void brokenArraysAreRefusedAndLeaveNothingOpen() {
        float[] values = new float[2 * 3 * CLASSES];
        values[CLASSES] = Float.POSITIVE_INFINITY;
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray emissions = manager.create(values, new Shape(2, 3, CLASSES));
            NDArray lengths = manager.create(new long[] {0, 4});
            List<NDArray> before = manager.getManagedArrays();
            assertThatThrownBy(() -> one.searchBatch(emissions, null))
                    .isInstanceOf(InvalidEmissionException.class)
                    .hasMessageStartingWith("sample 0, frame 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> one.searchBatch(emissions, lengths))
                    .withMessageContaining("sample 1: the length is 4");
            assertThat(manager.getManagedArrays())
                    .usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .containsExactlyInAnyOrderElementsOf(before);
        }
    }
}
