package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderDecoderTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" AB");

    @TempDir Path folder;

    private FolderDecoder read(String json) throws IOException {
        Files.writeString(folder.resolve("decoder.json"), json);
        return FolderDecoder.read(folder);
    }

    @Test
    void aFolderThatSaysNothingIsDecodedGreedily() throws IOException {
        assertThat(FolderDecoder.read(folder).isGreedy()).isTrue();
        assertThat(read("{\"decoder\": \"greedy\"}").isGreedy()).isTrue();
    }

    @Test
    void settingsAreReadAsTheyWereWritten() throws IOException {
        DecoderSettings settings =
                new DecoderSettings(
                        DecoderSettings.Method.BEAM_SEARCH,
                        "lm.arpa.gz",
                        "word",
                        "lexicon.txt",
                        0.75,
                        2.5,
                        "label-prior.txt",
                        0.5);
        assertThat(DecoderSettings.parse(settings.toString())).isEqualTo(settings);
        assertThat(settings.toString()).contains("\"decoder\": \"beam_search\"", "\"beta\": 2.5");
        FolderDecoder.write(folder, settings);
        assertThat(FolderDecoder.read(folder).name()).isEqualTo("with lm.arpa.gz and lexicon.txt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "{|it ends too early",
                "{}|\"decoder\" must be \"greedy\" or \"beam_search\", but is null",
                "{'decoder':'beam'}|must be \"greedy\" or \"beam_search\", but is \"beam\"",
                "{'decoder':'greedy','alpha':1}|nothing else has a meaning",
                "{'decoder':'beam_search','gamma':1}|\"gamma\" is none of decoder, languageModel",
                "{'decoder':'beam_search','alpha':1}|\"alpha\" has no meaning without \"languageModel\"",
                "{'decoder':'beam_search','languageModel':'../lm'}|is not the name of a file in",
                "{'decoder':'beam_search','languageModel':'lm','alpha':-1}|must be from 0 to 100",
                "{'decoder':'beam_search','languageModel':'lm','alpha':'x'}|\"alpha\" must be a number, but is \"x\"",
                "{'decoder':'beam_search','beta':1e999}|\"beta\" must be a number, but is 1e999",
                "{'decoder':'beam_search','lexicon':['l']}|\"lexicon\" must be a text, but is [\"l\"]",
                "{'decoder':7}|\"decoder\" must be a text, but is 7",
                "['beam_search']|is not a JSON object",
                "{'decoder':'beam_search','lexicon':'l','labelPriorWeight':1}|without \"labelPrior\"",
                "{'decoder':'beam_search','labelPrior':'l','labelPriorWeight':2}|must be from 0 to 1",
                "{'decoder':'beam_search','languageModel':'lm','languageModelUnit':'x'}|or \"token\""
            })
    void mistakesAreNamedWithTheFile(String json, String problem) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder.resolve("decoder.json") + ": ")
                .hasMessageContaining(problem)
                .hasMessageContaining("--greedy");
    }

    @Test
    void missingAndForeignFilesAreNamed() throws IOException {
        FolderDecoder missing = read("{\"decoder\":\"beam_search\",\"lexicon\":\"no.txt\"}");
        assertThatThrownBy(() -> missing.load(ALPHABET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("decoder.json: no such file or folder: ")
                .hasMessageContaining("no.txt");
        LabelPrior.estimate(Alphabet.ofCharacters("XY"), List.of(new float[3]))
                .write(folder.resolve("p.txt"));
        FolderDecoder foreign = read("{\"decoder\":\"beam_search\",\"labelPrior\":\"p.txt\"}");
        assertThatThrownBy(() -> foreign.load(ALPHABET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("p.txt: the label prior has 3 classes, but the alphabet has");
    }

    @Test
    void theLexiconOfAFolderIsOpenToHotwordsAndAnotherIsNot() {
        List<Hotword> hotwords = List.of(new Hotword("BA A", 5), new Hotword("C", 5));
        SearchKnowledge open =
                SearchKnowledge.NONE
                        .withLexicon(
                                Lexicon.of(List.of("A", "AB")),
                                SearchKnowledge.LexiconUse.OPEN_TO_HOTWORDS)
                        .withHotwords(hotwords);
        SearchKnowledge closed =
                SearchKnowledge.NONE
                        .withLexicon(
                                Lexicon.of(List.of("A", "AB")), SearchKnowledge.LexiconUse.CLOSED)
                        .withHotwords(hotwords);

        assertThat(open.words(ALPHABET)).containsExactly("A", "AB", "BA");
        assertThat(closed.words(ALPHABET)).containsExactly("A", "AB");
        // The classes are the blank, the space, A and B.
        float[] saysBa = {0, 0, 0, 9, 0, 0, 9, 0};
        assertThat(decoder(open).decode(saysBa, 2).text()).isEqualTo("BA");
        assertThat(decoder(closed).decode(saysBa, 2).text()).isNotEqualTo("BA");
    }

    private static BeamSearchDecoder decoder(SearchKnowledge knowledge) {
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder().setAlphabet(ALPHABET);
        knowledge.applyTo(builder, ALPHABET);
        return builder.build();
    }
}
