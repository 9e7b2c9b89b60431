package io.github.djlctc.lm;

import io.github.djlctc.lm.KenLMQuery.Word;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every figure equals that of KenLM's query program for the same model and sentence. */
class KenLMQueryTest {

    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @FieldSource("io.github.djlctc.lm.Fixtures#ALL")
    void agrees(String file) throws IOException {
        assertAgrees(Fixtures.read(file), queries(file));
    }

    @Test
    void agreesForGzip(@TempDir Path folder) throws IOException {
        Path file = Fixtures.gzip(Fixtures.file(Fixtures.ARPA), folder);

        assertAgrees(NGramModel.read(file), queries(Fixtures.ARPA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"an4_3gram.arpa", "an4_4gram.arpa"})
    void agreesForAn4(String file) throws IOException {
        Path folder = TestData.of(PublicCorpus.AN4, "fixtures/lm");
        List<KenLMQuery> queries = KenLMQuery.read(folder.resolve("kenlm_query.json"), file);

        assertThat(queries).hasSize(24);
        assertAgrees(NGramModel.read(folder.resolve(file)), queries);
    }

    private static List<KenLMQuery> queries(String file) throws IOException {
        List<KenLMQuery> queries = KenLMQuery.read(Fixtures.file("query.json"), file);
        assertThat(queries).hasSize(2 * 28);
        return queries;
    }

    private static void assertAgrees(NGramModel model, List<KenLMQuery> queries) {
        queries.forEach(expected -> assertAgrees(model, expected));
    }

    private static void assertAgrees(NGramModel model, KenLMQuery expected) {
        SentenceQuery query = model.query(expected.sentenceWords(), expected.boundary());
        assertThat(query.words())
                .extracting(WordProbability::word)
                .isEqualTo(Arrays.stream(expected.words).map(word -> word.word).toList());
        for (int i = 0; i < expected.words.length; i++) {
            Word word = expected.words[i];
            WordProbability actual = query.words().get(i);
            assertThat(actual.order())
                    .as("%s in %s", word.word, expected.sentence)
                    .isEqualTo(word.order);
            assertThat(actual.log10())
                    .as("%s in %s", word.word, expected.sentence)
                    .isCloseTo(word.log10, within(TOLERANCE));
        }
        assertThat(query.log10()).isCloseTo(expected.log10Total, within(TOLERANCE));
    }
}
