package io.github.djlctc.examples.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.PriorSample;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PriorSampleTest {

    @TempDir Path folder;

    /** Ten utterances of 1 to 10 frames: 55 in all. */
    private Emissions tenUtterances() throws IOException {
        TinyModel model = new TinyModel(folder);
        IntStream.rangeClosed(1, 10).forEach(n -> model.utterance("u" + n, "a".repeat(n)));
        return Emissions.open(
                model.archive(), Alphabet.read(model.alphabet()), EmissionScale.LOGITS);
    }

    private static int[] frames(PriorSample sample) {
        return sample.stream().mapToInt(emissions -> emissions.length / 4).toArray();
    }

    @Test
    void isOfAllFramesIfTheyAreFew() throws IOException {
        try (Emissions emissions = tenUtterances()) {
            PriorSample sample = PriorSample.of(emissions);

            assertThat(frames(sample)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(sample).hasSize(10);
            assertThat(sample.description()).isEqualTo("all 55 frames of these 10 utterances");
        }
    }

    @Test
    void isSpreadEvenlyIfTheyAreMany() throws IOException {
        try (Emissions emissions = tenUtterances()) {
            PriorSample sample = PriorSample.of(emissions, 20);

            assertThat(frames(sample)).containsExactly(1, 3, 5, 8, 10);
            assertThat(sample).hasSize(5);
            assertThat(sample.description())
                    .isEqualTo("27 of 55 frames, those of 5 of these 10 utterances");
        }
    }

    @ParameterizedTest
    @CsvSource({"55, 10", "54, 10", "28, 6", "1, 1"})
    void readsSomeUtteranceHoweverFewFramesAreWanted(long wantedFrames, int utterances)
            throws IOException {
        try (Emissions emissions = tenUtterances()) {
            assertThat(PriorSample.of(emissions, wantedFrames)).hasSize(utterances);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 40, 40", "1, 40, 40, 0", "40, 2, 2, 40"})
    void hasAboutTheFramesThatAreWantedWhereverTheLongUtterancesAre(
            int first, int second, int third, int fourth) throws IOException {
        TinyModel model =
                new TinyModel(folder)
                        .utterance("u1", "a".repeat(first))
                        .utterance("u2", "a".repeat(second))
                        .utterance("u3", "a".repeat(third))
                        .utterance("u4", "a".repeat(fourth));
        try (Emissions emissions =
                Emissions.open(
                        model.archive(), Alphabet.read(model.alphabet()), EmissionScale.LOGITS)) {
            assertThat(IntStream.of(frames(PriorSample.of(emissions, 40))).sum()).isBetween(40, 44);
        }
    }
}
