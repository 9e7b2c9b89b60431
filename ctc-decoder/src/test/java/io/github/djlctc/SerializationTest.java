package io.github.djlctc;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.HotwordOutcome;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.Spelling;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;
import io.github.djlctc.text.SubwordStyle;
import io.github.djlctc.text.UnknownCharacterException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Results and small inputs go from one process to another. */
class SerializationTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" abc");

    @TempDir Path folder;

    /** Serialises and reads back. */
    static <T> T copy(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T read = (T) in.readObject();
            return read;
        }
    }

    static Stream<Alphabet> alphabets() {
        return Stream.of(
                LETTERS,
                Alphabet.builder().setTokens(List.of("a", "b", "-")).optBlank(2).build(),
                Alphabet.builder()
                        .setTokens(List.of("<pad>", "|", "\u00e9", "\ud83d\ude00", "\ud800", "<x>"))
                        .optSpecialTokens(List.of("<x>"))
                        .optLetterCase(LetterCase.LOWER)
                        .optNormalization(Normalizer.Form.NFC)
                        .build(),
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "\u2581a", "b", "\u2581"))
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .optNoWordDelimiter()
                        .build());
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void ofAlphabets(Alphabet alphabet) throws Exception {
        Alphabet read = copy(alphabet);

        assertThat(read).isEqualTo(alphabet);
        assertThat(read.decode(new int[] {1, 2})).isEqualTo(alphabet.decode(new int[] {1, 2}));
    }

    @Test
    void ofResults() throws Exception {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(LETTERS)
                        .optNBest(5)
                        .optHotwords(List.of(new Hotword("ab", 2), new Hotword("xy", 1)))
                        .build();
        float[] emissions = new float[40 * LETTERS.size()];
        Random random = new Random(3);
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] = random.nextFloat() * 4;
        }

        BeamSearchResult result = decoder.search(emissions, 40);

        assertThat(result.best().words()).isNotEmpty();
        assertThat(result.hotwords())
                .extracting(HotwordOutcome::status)
                .contains(HotwordOutcome.Status.NOT_IN_ALPHABET);
        assertThat(copy(result)).isEqualTo(result);
        Alignment alignment =
                new Alignment(result.best().tokens(), result.best().words(), result.best().score());
        assertThat(copy(alignment)).isEqualTo(alignment);
        ErrorCounts counts = new ErrorCounts(1, 2, 3, 4);
        assertThat(copy(counts)).isEqualTo(counts);
        WordSpan word = result.best().words().get(0);
        assertThat(copy(word)).isEqualTo(word);
    }

    @Test
    void ofLexicons() throws Exception {
        Path file = Files.writeString(folder.resolve("words.txt"), "two one\n");
        Lexicon words = Lexicon.read(file);
        Lexicon spelled =
                Lexicon.ofSpellings(
                        List.of(
                                new Spelling("one", List.of("W", "AH", "N"), 1),
                                new Spelling("won", List.of("W", "AH", "N"), 2)));

        assertThat(copy(words).words()).containsExactly("two", "one");
        assertThat(copy(words).file()).contains(file);
        assertThat(copy(spelled).spellings()).isEqualTo(spelled.spellings());
        assertThat(copy(spelled).words()).containsExactly("one", "won");
        assertThat(copy(spelled).file()).isEmpty();
    }

    @Test
    void ofLabelPriors() throws Exception {
        float[] emissions = {0, 1, 2, 3, 4, 1, 0, 5, 1, 2};
        LabelPrior prior = LabelPrior.estimate(LETTERS, List.of(emissions));

        LabelPrior read = copy(prior);

        assertThat(read.frames()).isEqualTo(2);
        assertThat(read.mismatch(LETTERS)).isEmpty();
        for (int id = 0; id < LETTERS.size(); id++) {
            assertThat(read.logBias(id)).isEqualTo(prior.logBias(id));
            assertThat(read.logProbability(id)).isEqualTo(prior.logProbability(id));
        }
    }

    /** What an executor throws reaches the driver. */
    @Test
    void ofErrors() {
        assertThatExceptionOfType(UnknownCharacterException.class)
                .isThrownBy(() -> LETTERS.encode("abx"))
                .satisfies(e -> assertThat(copy(e)).hasMessage(e.getMessage()));
    }
}
