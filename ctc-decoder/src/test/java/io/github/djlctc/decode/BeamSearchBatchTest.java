package io.github.djlctc.decode;

import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Samples have the same results in a batch as alone. */
class BeamSearchBatchTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|ab");
    private static final int CLASSES = LETTERS.size();

    private final BeamSearchDecoder decoder =
            BeamSearchDecoder.builder()
                    .setAlphabet(LETTERS)
                    .optLanguageModel(SmallModels.WORDS)
                    .optHotwords(List.of(new Hotword("b a", 2)))
                    .optNBest(4)
                    .build();

    private static List<float[]> samples(int number) {
        Random random = new Random(7);
        return IntStream.range(0, number)
                .mapToObj(i -> Emissions.random(random, random.nextInt(60), CLASSES, 3))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 500})
    void anyNumberOfThreadsGivesTheSame(int threads) {
        List<float[]> samples = samples(200);
        List<BeamSearchResult> alone =
                samples.stream().map(s -> decoder.search(s, s.length / CLASSES)).toList();
        assertThat(decoder.searchBatch(samples, threads)).isEqualTo(alone);
    }

    @Test
    void manyThreadsMayUseOneDecoder() {
        List<float[]> samples = samples(100);
        List<BeamSearchResult> alone = decoder.searchBatch(samples, 1);
        List<List<BeamSearchResult>> results =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> decoder.searchBatch(samples, 2))
                        .toList();
        assertThat(results).containsOnly(alone);
    }

    @Test
    void emptyBatchesAndEmptySamplesAreFine() {
        assertThat(decoder.searchBatch(List.of(), 2)).isEmpty();
        assertThat(decoder.searchBatch(List.of(), 1_000_000)).isEmpty();
        assertThat(decoder.searchBatch(List.of(new float[0], new float[0]), 2))
                .extracting(result -> result.best().text())
                .containsExactly("", "");
    }

    @Test
    void badSamplesAreNamed() {
        List<float[]> samples = new ArrayList<>(samples(6));
        samples.set(3, new float[10 * CLASSES]);
        samples.get(3)[7 * CLASSES + 2] = Float.NaN;
        assertThatThrownBy(() -> decoder.searchBatch(samples, 2))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("sample 3, frame 7: ");
        samples.set(5, new float[10 * CLASSES + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.searchBatch(samples, 2))
                .withMessageContaining("sample 5: the emissions hold 41 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.searchBatch(List.of(), 0))
                .withMessageContaining("threads must be 1 or more, but are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.search(new float[CLASSES], 2))
                .withMessageContaining("2 frames hold 4 values");
    }
}
