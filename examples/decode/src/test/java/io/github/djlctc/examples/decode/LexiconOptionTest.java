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

/** What {@code --lexicon} takes, and what it says of files that do not fit. */
class LexiconOptionTest {

    @TempDir Path folder;

    private Outcome decode(String lines, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("lexicon.txt"), lines.replace(';', '\n'));
        List<Object> arguments =
                new ArrayList<>(
                        new TinyModel(folder).utterance("u1", "aa-a_b").arguments("decode"));
        arguments.addAll(List.of("--lexicon", file));
        arguments.addAll(List.of(more));
        return DecodeProgram.run(arguments);
    }

    @Test
    void aLexiconOfFlashlightHasSpellings() throws IOException {
        Outcome outcome = decode("Dr.\ta a |;Dr.\ta b |;be\tb |;a\ta |");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("u1\tDr. be");
        assertThat(outcome.err())
                .isEqualToNormalizingNewlines(
                        "note: "
                                + folder.resolve("lexicon.txt")
                                + " gives words with their"
                                + " spellings\n");
    }

    @Test
    void hotwordsNeedNoLettersOfTheAlphabet() throws IOException {
        Path hotwords = Files.writeString(folder.resolve("hotwords.txt"), "Dr.\t2\n");

        Outcome outcome = decode("Dr.\ta a |;be\tb |", "--hotwords", hotwords);

        assertThat(outcome.out()).startsWith("u1\tDr. be");
        assertThat(outcome.err()).doesNotContain("warning");
    }

    @Test
    void wordsThatAreSpelledAlikeAreAWarning() throws IOException {
        Outcome outcome = decode("an\ta a |;Ann\ta a |;be\tb |");

        assertThat(outcome.out()).startsWith("u1\tan be");
        assertThat(outcome.err()).contains("warning: ", "lines 1 and 2 spell \"an\" and \"Ann\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a\ta |;ab\ta q |~line 2: the spelling of \"ab\" has \"q\", for which the alphabet",
                "u1\thello world;u2\tgood day~line 1: the spelling of \"u1\" has \"hello\", for",
                "u1\thello world;u2\tgood day~is a text, give the words alone",
                "the\t5812;of\t312~line 1: a number behind the word, and no spelling; give the",
                "ab\ta b |;ba\tb a |;abba~line 3: no word with the tokens that spell it",
                "TOMATO  T AH0 M EY1 T OW2;ENTER  EH1 N T ER0~line 1: the spelling of \"TOMATO\" has"
                        + " \"T\", for which the alphabet has no token",
                "TOMATO  T AH0 M EY1 T OW2;ENTER  EH1 N T ER0~phones where the model has letters",
                "aba  a1 b a1;bab  b a b~has \"a1\", for which the alphabet has no token but without"
                        + " the mark of stress, \"a\"",
                "a;b;ab\ta b;ba~line 3: of 4 lines 1 have a tab and more behind the word",
                "\\data\\;ngram 1=2~line 2: this is a language model (an ARPA file)",
                "\\data\\;ngram 1=2~lexicon.txt --lexicon lm)",
                "AB;BA~spell none of the 2 words of the lexicon; in lower case it could spell them"
                        + " (--letter-case lower)",
            })
    void whatCannotBeUsedIsAnError(String lines, String message) throws IOException {
        Outcome outcome = decode(lines);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("lexicon.txt", message).doesNotContain("optLetterCase");
    }

    @Test
    void wordsThatArePassedOverAreCounted() throws IOException {
        assertThat(decode("aa b;xyz").err())
                .contains("note: ", "can spell 2 of the 3 words of the lexicon; others are passed");
        assertThat(decode("aa B AB").err())
                .contains("warning: ", "can spell 1 of the 3 words", "(--letter-case lower)");
    }

    @Test
    void aLexiconOfFlashlightIsReadWithItsSpellings() throws IOException {
        Path lexicon =
                Files.writeString(
                        folder.resolve("lexicon-of-flashlight.txt"),
                        "a\ta |\nand\ta n d |\nday\td a y |\nwhat\tw h a t |\n");
        String letters = "<blank>;|;" + String.join(";", "abcdefghijklmnopqrstuvwxyz".split(""));
        Path alphabet =
                Files.writeString(folder.resolve("letters.txt"), letters.replace(';', '\n'));
        float[] emissions = new float[3 * 28];
        for (int frame = 0; frame < 3; frame++) {
            emissions[frame * 28 + 2 + "and".charAt(frame) - 'a'] = 9;
        }
        Path archive =
                new TinyModel(folder)
                        .array("u1", TinyModel.npy("<f4", List.of(3, 28), emissions))
                        .archive();

        Outcome outcome =
                DecodeProgram.run(
                        "decode",
                        "--emissions",
                        archive,
                        "--alphabet",
                        alphabet,
                        "--lexicon",
                        lexicon);

        assertThat(outcome.out()).startsWith("u1\tand");
        assertThat(outcome.err()).contains("gives words with their spellings");
    }
}
