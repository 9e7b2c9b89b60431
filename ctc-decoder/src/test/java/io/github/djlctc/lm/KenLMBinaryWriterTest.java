package io.github.djlctc.lm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Binaries of ARPA files, beside those of KenLM's {@code build_binary}. */
class KenLMBinaryWriterTest {

    /** Lacks "a c" and "b a", the end and the context of "b a c", and the words that are none. */
    private static final String PRUNED =
            """
            \\data\\
            ngram 1=3
            ngram 2=1
            ngram 3=1
            ngram 4=2

            \\1-grams:
            -0.5\ta\t-0.3
            -0.7\tb\t-0.2
            -1.25\tc\t0.1

            \\2-grams:
            -0.35\ta b\t-0.05

            \\3-grams:
            -0.125\tb a c\t-0.5

            \\4-grams:
            -0.0625\tc b a c
            -0.25\tb a c b

            \\end\\
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"PROBING, 3gram.probing.binary", "TRIE, 3gram.trie.binary"})
    void areByteForByteThoseOfKenLM(KenLMStructure structure, String kenLM) throws IOException {
        Path binary = folder.resolve("lm.binary");

        List<String> warnings = KenLMBinary.write(Fixtures.file(Fixtures.ARPA), binary, structure);

        assertThat(warnings).isEmpty();
        assertThat(binary).hasSameBinaryContentAs(Fixtures.file(kenLM));
    }

    @ParameterizedTest
    @EnumSource
    void areTheSameFromGzip(KenLMStructure structure) throws IOException {
        Path gzip = Fixtures.gzip(Fixtures.file(Fixtures.ARPA), folder);

        KenLMBinary.write(gzip, folder.resolve("a"), structure);
        KenLMBinary.write(Fixtures.file(Fixtures.ARPA), folder.resolve("b"), structure);

        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfAllNGrams(KenLMStructure structure) throws IOException {
        Path arpa = Fixtures.file(Fixtures.ARPA);
        Map<BinaryStep, Long> done = new EnumMap<>(BinaryStep.class);
        Map<BinaryStep, Long> totals = new EnumMap<>(BinaryStep.class);

        KenLMBinary.write(
                arpa,
                folder.resolve("lm.binary"),
                structure,
                (step, nGrams, total) -> {
                    done.merge(step, nGrams, Long::sum);
                    totals.put(step, total);
                });

        List<Long> counts;
        try (Stream<String> lines = Files.lines(arpa)) {
            counts =
                    lines.filter(line -> line.startsWith("ngram "))
                            .map(line -> Long.valueOf(line.substring(line.indexOf('=') + 1)))
                            .toList();
        }
        long all = counts.stream().mapToLong(Long::longValue).sum();
        assertThat(totals).containsEntry(BinaryStep.READING, all);
        if (structure == KenLMStructure.TRIE) {
            // The words are in tables of their own.
            assertThat(totals).containsEntry(BinaryStep.WRITING, all - counts.get(0));
        }
        assertThat(done).isEqualTo(totals);
    }

    @ParameterizedTest
    @EnumSource
    void aPrunedModelScoresAsItsArpaFile(KenLMStructure structure) throws IOException {
        Path arpa = Files.writeString(folder.resolve("lm.arpa"), PRUNED);
        Path binary = folder.resolve("lm.binary");
        KenLMBinary.write(arpa, binary, structure);
        NGramModel expected = NGramModel.read(arpa);
        NGramModel actual = NGramModel.read(binary);

        assertThat(actual.order()).isEqualTo(4);
        assertThat(actual.vocabulary()).containsExactlyInAnyOrderElementsOf(expected.vocabulary());
        List<String> words = List.of("a", "b", "c", "d");
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            List<String> sentence =
                    Stream.generate(() -> words.get(random.nextInt(words.size())))
                            .limit(6)
                            .toList();
            assertThat(actual.query(sentence, SentenceBoundary.SCORED))
                    .as("%s", sentence)
                    .isEqualTo(expected.query(sentence, SentenceBoundary.SCORED));
        }
        // log10 of "c b a c" and "b a c b", in which the model holds all that it lacks above.
        List<WordProbability> scores =
                expected.query(List.of("c", "b", "a", "c", "b"), SentenceBoundary.ABSENT).words();
        assertThat(scores.get(3).log10()).isCloseTo(-0.0625, within(1e-6));
        assertThat(scores.get(4).log10()).isCloseTo(-0.25, within(1e-6));
    }

    @Test
    void aFailureLeavesTheEarlierFile() throws IOException {
        Path binary = Files.writeString(folder.resolve("lm.binary"), "earlier");
        Path arpa = Files.writeString(folder.resolve("lm.arpa"), PRUNED.replace("\\end\\", ""));

        assertThatThrownBy(() -> KenLMBinary.write(arpa, binary, KenLMStructure.TRIE))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("it is cut off");

        assertThat(binary).hasContent("earlier");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(arpa, binary);
        }
    }

    @Test
    void otherModelsAreRefused() throws IOException {
        Path words =
                Files.writeString(
                        folder.resolve("words.arpa"),
                        "\\data\\\nngram 1=1\n\\1-grams:\n-0.5 a\n\\end\\");
        Path target = folder.resolve("lm.binary");

        assertThatThrownBy(() -> KenLMBinary.write(words, target, KenLMStructure.PROBING))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("words.arpa: it has no 2-grams");
        assertThatThrownBy(
                        () ->
                                KenLMBinary.write(
                                        Fixtures.file(Fixtures.TRIE),
                                        target,
                                        KenLMStructure.PROBING))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("is a KenLM binary already");
        assertThat(target).doesNotExist();
    }
}
