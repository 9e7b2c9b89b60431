package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Texts are read as words, however their bytes come. */
class TextScannerTest {

    @Test
    void wordsGetIdsInTheOrderOfTheText() throws IOException {
        assertThat(scan("b a\nb  \u00e9\t\n\na"))
                .containsExactly("b", "a", "</s>", "b", "\u00e9", "</s>", "</s>", "a", "</s>");
    }

    @Test
    void theLastLineNeedsNoLineFeed() throws IOException {
        assertThat(scan("a\n")).containsExactly("a", "</s>");
        assertThat(scan("a")).containsExactly("a", "</s>");
        assertThat(scan("a\n ")).containsExactly("a", "</s>", "</s>");
        assertThat(scan("")).isEmpty();
    }

    /** Every word is at the end of what one read returns, at some time. */
    @Test
    void wordsMayComeInParts() throws IOException {
        Random random = new Random(1);
        List<String> words = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            String word =
                    Integer.toString(random.nextInt(100_000), 36) + "\u00fc\ud83d\ude00\u5b57";
            words.add(word);
            words.add("</s>");
            text.append(word).append('\n');
        }

        assertThat(scan(slow(text.toString(), random))).containsExactlyElementsOf(words);
    }

    @Test
    void wordsOfManyBytesAreRead() throws IOException {
        String longest = "\u5b57".repeat(Vocabulary.MAX_WORD_LENGTH);

        assertThat(scan("a " + longest + " b")).containsExactly("a", longest, "b", "</s>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(longest + "b"))
                .withMessageStartingWith("a word is longer than 65536 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan("b".repeat(1 << 20)))
                .withMessageStartingWith("a word is longer than 65536 characters");
    }

    private static List<String> scan(String text) throws IOException {
        return scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> scan(InputStream text) throws IOException {
        try (Workers workers = new Workers();
                Workspace workspace =
                        new Workspace(1 << 24, Path.of("."), workers, (step, units) -> {})) {
            Vocabulary vocabulary = new Vocabulary();
            IdSequence ids = new IdSequence(workspace);
            new TextScanner(vocabulary, ids).scan(text);
            IdSequence.Reader reader = ids.finish().drain();
            List<String> words = new ArrayList<>();
            for (int id = reader.next(); id >= 0; id = reader.next()) {
                words.add(vocabulary.word(id));
            }
            return words;
        }
    }

    /** Returns a stream that gives few bytes at a time. */
    private static InputStream slow(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(40)));
            }
        };
    }
}
