package io.github.djlctc.align;

import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.testing.NpzEmissions;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Emissions of a CTC model for 65 utterances of the CMU AN4 corpus, and what was said. */
class RealAlignmentTest {

    private static final Path DATA = Path.of("../../shared/data/an4");

    @BeforeEach
    void needsData() {
        assumeTrue(Files.isDirectory(DATA), "no AN4 emissions at " + DATA.toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void wordsBetweenWildcardsAreWhereTheFullTextHasThem(double penalty) throws IOException {
        Alphabet alphabet = Alphabet.read(DATA.resolve("alphabet.txt"));
        ForcedAligner aligner =
                ForcedAligner.builder().setAlphabet(alphabet).optWildcard("*", penalty).build();
        int words = 0;
        Map<String, NpzEmissions.Rows> emissions =
                NpzEmissions.read(DATA.resolve("strong_dev.npz"));
        for (String line : Files.readAllLines(DATA.resolve("dev.jsonl"))) {
            JsonObject utterance = JsonParser.parseString(line).getAsJsonObject();
            NpzEmissions.Rows scores = emissions.get(utterance.get("utt").getAsString());
            int frames = scores.frames();
            List<String> spoken = List.of(utterance.get("text").getAsString().split(" ", -1));
            String text = String.join(" ", spoken);
            Alignment full = aligner.align(scores.values(), frames, text);
            assertThat(full.words()).extracting(WordSpan::word).isEqualTo(spoken);
            if (spoken.size() < 5) {
                continue;
            }
            String middle = "* " + String.join(" ", spoken.subList(2, spoken.size() - 1)) + " *";
            Alignment part = aligner.align(scores.values(), frames, middle);
            words += part.words().size();
            assertStartAlike(part.words(), full.words().subList(2, spoken.size() - 1));
        }
        assertThat(words).isGreaterThan(100);
    }

    /** Within two frames, 40 ms: a penalty lets words spread into the speech next to them. */
    private static void assertStartAlike(List<WordSpan> actual, List<WordSpan> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).startFrame())
                    .isCloseTo(expected.get(i).startFrame(), within(2));
        }
    }
}
