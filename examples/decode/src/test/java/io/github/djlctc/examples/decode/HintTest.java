package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

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

/** What the programs say of references and hotwords that were hardly meant as they are. */
class HintTest {

    @TempDir Path folder;

    private Outcome decode(TinyModel model, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(model.arguments("decode"));
        arguments.addAll(List.of("--refs", model.references()));
        arguments.addAll(List.of(more));
        return DecodeProgram.run(arguments);
    }

    @Test
    void referencesInAnotherLetterCaseAreAWarningWithTheOption() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "aa-a_b").reference("u1", "AA B");

        assertThat(decode(model).err())
                .contains(
                        "refs.jsonl is in another letter case than the texts: with --letter-case"
                                + " lower, WER would be 0.00 %, not 100.00 %")
                .hasLineCount(1);
        assertThat(decode(model, "--greedy").err()).contains("--letter-case lower");
    }

    /** Each word has an error in either case; of the characters, three of four are right. */
    @Test
    void theLetterCaseOfReferencesToAWeakModelIsTold() throws IOException {
        TinyModel model =
                new TinyModel(folder).utterance("u1", "a-ab_bb-ba").reference("u1", "AABB BBAA");

        assertThat(decode(model).err())
                .contains(
                        "refs.jsonl is in another letter case", "--letter-case lower, CER would be")
                .hasLineCount(1);
    }

    @Test
    void letterCaseIsOfReferencesToo() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "aa-a_b").reference("u1", "AA B");

        Outcome outcome = decode(model, "--letter-case", "lower");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsPattern("words \\(WER\\) +0 +2 +0.00");
    }

    @Test
    void tuneWarnsOfTheLetterCaseOnce() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "aa-a_b").reference("u1", "AA B");
        Path words =
                Files.writeString(
                        folder.resolve("model.arpa"),
                        """
                        \\data\\
                        ngram 1=5

                        \\1-grams:
                        -1\t<unk>
                        -99\t<s>
                        -1\t</s>
                        -1\taa
                        -1\tbb

                        \\end\\
                        """);
        List<Object> arguments = new ArrayList<>(model.arguments("tune"));
        arguments.addAll(
                List.of(
                        "--refs",
                        model.references(),
                        "--lm",
                        words,
                        "--picture",
                        folder.resolve("tune.png")));

        assertThat(DecodeProgram.run(arguments).err()).containsOnlyOnce("--letter-case lower");
    }

    @Test
    void charactersOfReferencesThatNoTextCanHaveAreAWarning() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "aa-a_b").reference("u1", "aa, b.");
        Path words = Files.writeString(folder.resolve("words.txt"), "aa b\n");

        assertThat(decode(model).err())
                .contains(
                        "refs.jsonl has characters that the alphabet cannot spell, and each is an"
                                + " error: ',' U+002C (1), '.' U+002E (1); write the texts as")
                .hasLineCount(1);
        assertThat(decode(model, "--greedy").err()).contains("'.' U+002E (1)");
        assertThat(decode(model, "--lexicon", words).err()).doesNotContain("cannot spell");
    }

    @Test
    void otherErrorsAreNoMatterOfLetterCase() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "aa-a_b").reference("u1", "bb a");

        assertThat(decode(model).err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "AB; no token for \"A\"; in lower case it could be (--letter-case lower)",
                "ab,5; is it the phrase \"ab\" and its weight 5? Put a tab between them",
                "ab:5; is it the phrase \"ab\" and its weight 5? Put a tab between them",
                "a b 2.5; is it the phrase \"a b\" and its weight 2.5? Put a tab between them",
                "ab :2.0; is it the phrase \"ab\" and its weight 2.0? Put a tab between them",
                "abc; the alphabet has no token for \"c\"",
            })
    void hotwordsThatCannotBeDecodedAreAWarning(String line, String message) throws IOException {
        Path hotwords = Files.writeString(folder.resolve("hot.txt"), line + "\n");

        Outcome outcome =
                DecodeProgram.run(
                        new TinyModel(folder).utterance("u1", "aa-a_b").arguments("decode"),
                        "--hotwords",
                        hotwords);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).startsWith("warning: " + hotwords).contains(message);
    }

    /** An alphabet of figures and punctuation can spell the weight. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ab,5; is taken for a phrase without a weight; is it the phrase \"ab\" and its weight 5?",
                "5:5; ",
                "ab 5; ",
            })
    void aWeightThatTheAlphabetCanSpellIsAWarning(String line, String message) throws IOException {
        Path hotwords = Files.writeString(folder.resolve("hot.txt"), line + "\n");
        Path alphabet =
                Files.writeString(
                        folder.resolve("figures.txt"), "<blank>\n<space>\na\nb\n5\n,\n:\n");
        Path archive =
                new TinyModel(folder)
                        .array("u1", TinyModel.npy("<f4", List.of(1, 7), 0, 0, 9, 0, 0, 0, 0))
                        .archive();

        Outcome outcome =
                DecodeProgram.run(
                        "decode",
                        "--emissions",
                        archive,
                        "--alphabet",
                        alphabet,
                        "--hotwords",
                        hotwords);

        assertThat(outcome.exitCode()).isZero();
        if (message == null) {
            assertThat(outcome.err()).isEmpty();
        } else {
            assertThat(outcome.err()).contains(message);
        }
    }
}
