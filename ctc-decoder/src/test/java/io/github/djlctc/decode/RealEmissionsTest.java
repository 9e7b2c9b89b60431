package io.github.djlctc.decode;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.testing.NpzEmissions;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Emissions of two CTC models for 65 utterances of the CMU AN4 corpus. */
class RealEmissionsTest {

    private static final Path DATA = Path.of("../../shared/data/an4");

    @BeforeEach
    void needsData() {
        assumeTrue(Files.isDirectory(DATA), "no AN4 emissions at " + DATA.toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({"strong_dev.npz, 10.53, 4.06", "weak_dev.npz, 45.11, 21.50"})
    void errorRatesAreThoseOfTheModels(String file, double wordErrors, double characterErrors)
            throws IOException {
        GreedyDecoder decoder = new GreedyDecoder(Alphabet.read(DATA.resolve("alphabet.txt")));
        ErrorCounts words = ErrorCounts.ZERO;
        ErrorCounts characters = ErrorCounts.ZERO;
        Map<String, NpzEmissions.Rows> emissions = NpzEmissions.read(DATA.resolve(file));
        for (String line : Files.readAllLines(DATA.resolve("dev.jsonl"))) {
            JsonObject utterance = JsonParser.parseString(line).getAsJsonObject();
            String reference = utterance.get("text").getAsString();
            NpzEmissions.Rows rows = emissions.get(utterance.get("utt").getAsString());
            Hypothesis alone = decoder.decode(rows.values(), rows.frames());
            words = words.plus(ErrorRates.words(reference, alone.text()));
            characters = characters.plus(ErrorRates.characters(reference, alone.text()));
        }
        assertThat(100 * words.rate()).isCloseTo(wordErrors, within(0.005));
        assertThat(100 * characters.rate()).isCloseTo(characterErrors, within(0.005));
    }
}
