package io.github.djlctc.lm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every figure that KenLM's query program prints for the same models and sentences. */
class KenLMQueryTest {

    private static final double TOLERANCE = 1e-5;

    @BeforeAll
    static void needsFixtures() {
        Fixtures.assumePresent();
    }

    @ParameterizedTest
    @CsvSource({
        "an4_3gram.arpa, an4_3gram.arpa",
        "an4_4gram.arpa, an4_4gram.arpa",
        "an4_3gram.probing.binary, an4_3gram.arpa",
        "an4_3gram.trie.binary, an4_3gram.arpa"
    })
    void agrees(String file, String queried) throws IOException {
        assertAgrees(Fixtures.read(file), queried);
    }

    @Test
    void agreesForGzip(@TempDir Path folder) throws IOException {
        Path file = Fixtures.gzip(Fixtures.FOLDER.resolve("an4_3gram.arpa"), folder);
        assertAgrees(NGramModel.read(file), "an4_3gram.arpa");
    }

    private static void assertAgrees(NGramModel model, String queried) throws IOException {
        String json = Files.readString(Fixtures.FOLDER.resolve("kenlm_query.json"));
        int sentences = 0;
        for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
            JsonObject expected = element.getAsJsonObject();
            if (expected.get("lm").getAsString().equals(queried)) {
                assertAgrees(model, expected);
                sentences++;
            }
        }
        assertThat(sentences).isEqualTo(24);
    }

    private static void assertAgrees(NGramModel model, JsonObject expected) {
        String sentence = expected.get("sentence").getAsString();
        SentenceQuery query =
                model.query(
                        sentence.isEmpty() ? List.of() : List.of(sentence.split(" ")),
                        expected.get("sentence_context").getAsBoolean()
                                ? SentenceBoundary.SCORED
                                : SentenceBoundary.ABSENT);
        JsonArray words = expected.getAsJsonArray("words");
        List<String> names = new ArrayList<>();
        List<Integer> orders = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            JsonObject word = words.get(i).getAsJsonObject();
            names.add(word.get("word").getAsString());
            orders.add(word.get("ngram").getAsInt());
            assertThat(query.words().get(i).log10())
                    .as("%s in %s", word, sentence)
                    .isCloseTo(word.get("log10").getAsDouble(), within(TOLERANCE));
        }
        assertThat(query.words()).extracting(WordProbability::word).isEqualTo(names);
        assertThat(query.words()).extracting(WordProbability::order).isEqualTo(orders);
        assertThat(query.log10())
                .isCloseTo(expected.get("log10_total").getAsDouble(), within(TOLERANCE));
    }
}
