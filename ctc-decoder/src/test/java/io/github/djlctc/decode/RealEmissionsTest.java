package io.github.djlctc.decode;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.RecordedUtterance;
import io.github.djlctc.testdata.TestData;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Emissions of trained models, decoded greedily. */
class RealEmissionsTest {

    @ParameterizedTest
    @CsvSource({"strong, 1.94, 0.43", "weak, 45.63, 14.44"})
    void errorRatesOfThisProjectsModel(String set, double wordErrors, double characterErrors)
            throws IOException {
        assertErrorRates(
                EmissionSet.ownAlphabet(), EmissionSet.own(set), wordErrors, characterErrors);
    }

    /** The expected rates are those of the PyTorch programs that trained the models. */
    @ParameterizedTest
    @CsvSource({"strong_dev.npz, 10.53, 4.06", "weak_dev.npz, 45.11, 21.50"})
    void errorRatesOfTheModelsOfAn4(String file, double wordErrors, double characterErrors)
            throws IOException {
        Path folder = TestData.of(PublicCorpus.AN4, "data/an4");
        assertErrorRates(
                folder.resolve("alphabet.txt"),
                EmissionSet.read(folder.resolve(file), folder.resolve("dev.jsonl")),
                wordErrors,
                characterErrors);
    }

    private static void assertErrorRates(
            Path alphabet,
            List<RecordedUtterance> utterances,
            double wordErrors,
            double characterErrors)
            throws IOException {
        GreedyDecoder decoder = new GreedyDecoder(Alphabet.read(alphabet));
        ErrorCounts words = ErrorCounts.ZERO;
        ErrorCounts characters = ErrorCounts.ZERO;
        for (RecordedUtterance utterance : utterances) {
            String text = decoder.decode(utterance.emissions(), utterance.frames()).text();
            words = words.plus(ErrorRates.words(utterance.reference(), text));
            characters = characters.plus(ErrorRates.characters(utterance.reference(), text));
        }
        assertThat(100 * words.rate()).isCloseTo(wordErrors, within(0.005));
        assertThat(100 * characters.rate()).isCloseTo(characterErrors, within(0.005));
    }
}
