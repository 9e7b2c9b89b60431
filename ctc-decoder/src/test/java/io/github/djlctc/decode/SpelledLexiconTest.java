package io.github.djlctc.decode;

import io.github.djlctc.decode.HotwordOutcome.Status;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.Spelling;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;
import io.github.djlctc.text.SubwordStyle;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/** Words that a lexicon spells, as flashlight's lexicons do. */
class SpelledLexiconTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|abc");

    /** Told apart as tokens only: A and H read as AH does. */
    private static final Alphabet PHONES =
            Alphabet.builder()
                    .setTokens(List.of("<blank>", "|", "A", "H", "AH", "L", "OW"))
                    .build();

    /** Each line a word, a colon and its tokens. */
    private static Lexicon lexicon(String... lines) {
        return Lexicon.ofSpellings(
                Arrays.stream(lines)
                        .map(line -> line.split(":", -1))
                        .map(line -> new Spelling(line[0], List.of(line[1].split(" ", -1)), 0))
                        .toList());
    }

    private static BeamSearchDecoder.Builder builder(Alphabet alphabet, String... lines) {
        return BeamSearchDecoder.builder().setAlphabet(alphabet).optLexicon(lexicon(lines));
    }

    private static float[] said(Alphabet alphabet, double margin, String tokens) {
        int[] ids =
                Arrays.stream(tokens.split(" ", -1))
                        .mapToInt(token -> alphabet.indexOf(token).orElseThrow())
                        .toArray();
        return Emissions.of(alphabet.size(), margin, ids);
    }

    private static BeamSearchResult search(BeamSearchDecoder.Builder builder, String tokens) {
        BeamSearchDecoder decoder = builder.build();
        float[] emissions = said(decoder.alphabet(), 8, tokens);
        return decoder.search(emissions, emissions.length / decoder.alphabet().size());
    }

    private static String text(BeamSearchDecoder.Builder builder, String tokens) {
        return search(builder, tokens).best().text();
    }

    private static BeamSearchDecoder.Builder unbounded(BeamSearchDecoder.Builder builder) {
        return builder.optBeamWidth(Integer.MAX_VALUE)
                .optBeamThreshold(Double.POSITIVE_INFINITY)
                .optTokenMinLogProbability(Double.NEGATIVE_INFINITY)
                .optNBest(1000);
    }

    @Test
    void aWordIsWrittenAsTheLexiconHasIt() {
        BeamSearchDecoder.Builder builder = builder(LETTERS, "Dr.:c a b |", "1:a |", "ba:b a");
        Hypothesis best = search(builder, "<blank> c a b | | a | b a").best();
        assertThat(best.text()).isEqualTo("Dr. 1 ba");
        assertThat(best.words())
                .extracting(WordSpan::word, WordSpan::startFrame, WordSpan::endFrame)
                .containsExactly(tuple("Dr.", 1, 4), tuple("1", 6, 7), tuple("ba", 8, 10));
        assertThat(best.tokens()).extracting(t -> t.token()).startsWith("c", "a", "b", "|");
    }

    @Test
    void otherWordsAreNotDecoded() {
        BeamSearchDecoder.Builder builder = builder(LETTERS, "abc:c a", "b:b");
        assertThat(text(builder, "a b c")).isIn("abc", "b");
        assertThat(text(builder, "c a | b")).isEqualTo("abc b");
    }

    @Test
    void spellingsAreOfTokensAndNotOfTheirLetters() {
        assertThat(text(builder(PHONES, "hello:H AH L OW", "ah:A H"), "H AH L OW | A H"))
                .isEqualTo("hello ah");
        BeamSearchDecoder.Builder builder = unbounded(builder(PHONES, "x:AH", "y:A H"));
        assertThat(text(builder, "AH")).isEqualTo("x");
        assertThat(text(builder, "A H")).isEqualTo("y");
    }

    @Test
    void subwordsSpellAWordInOneWayOnly() {
        Alphabet alphabet =
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "▁a", "b", "▁ab", "▁"))
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        BeamSearchDecoder.Builder builder = builder(alphabet, "AB:▁a b", "b:▁ b");
        assertThat(text(builder, "▁a b ▁ b ▁a b")).isEqualTo("AB b AB");
        assertThat(text(builder, "▁ab")).isNotEqualTo("AB ab").isIn("", "AB", "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(alphabet, "b:b").build())
                .withMessage(
                        "the spelling of \"b\" does not begin with a token that starts a word;"
                                + " correct it or leave it out");
    }

    /** The probabilities of a word's spellings add up, as those of its alignments do. */
    @Property(tries = 100, seed = "1")
    void spellingsOfAWordAreOneText(
            @ForAll @IntRange(min = 1, max = 5) int frames, @ForAll long seed) {
        float[] emissions = Emissions.random(new Random(seed), frames, LETTERS.size(), 2);
        List<Hypothesis> apart =
                unbounded(builder(LETTERS, "ab:a b", "c:c", "b:b"))
                        .build()
                        .search(emissions, frames)
                        .nBest();
        List<Hypothesis> joined =
                unbounded(builder(LETTERS, "w:a b |", "w:c |", "b:b |"))
                        .build()
                        .search(emissions, frames)
                        .nBest();
        assertThat(joined).extracting(Hypothesis::text).doesNotHaveDuplicates();
        for (Hypothesis hypothesis : joined) {
            double sum =
                    apart.stream()
                            .filter(
                                    h ->
                                            h.text()
                                                    .replace("ab", "w")
                                                    .replace("c", "w")
                                                    .equals(hypothesis.text()))
                            .mapToDouble(h -> Math.exp(h.score()))
                            .sum();
            assertThat(hypothesis.score()).isCloseTo(Math.log(sum), within(1e-9));
        }
    }

    @Property(tries = 200, seed = "2")
    void spellingsByLettersAreAWordList(@ForAll @IntRange(max = 8) int frames, @ForAll long seed) {
        float[] emissions = Emissions.random(new Random(seed), frames, LETTERS.size(), 3);
        List<Hotword> hotwords = List.of(new Hotword("ab a", 2), new Hotword("cab", 1));
        BeamSearchResult spelled =
                builder(LETTERS, "a:a |", "ab:a b |", "ba:b a |", "cab:c a b |")
                        .optLanguageModel(SmallModels.WORDS)
                        .optHotwords(hotwords)
                        .optNBest(5)
                        .build()
                        .search(emissions, frames);
        BeamSearchResult plain =
                BeamSearchDecoder.builder()
                        .setAlphabet(LETTERS)
                        .optLexicon(Lexicon.of(List.of("a", "ab", "ba", "cab")))
                        .optLanguageModel(SmallModels.WORDS)
                        .optHotwords(hotwords)
                        .optNBest(5)
                        .build()
                        .search(emissions, frames);
        assertThat(spelled).usingRecursiveComparison().isEqualTo(plain);
    }

    @Test
    void theLanguageModelKnowsTheWordAndNotTheSpelling() {
        Hypothesis best =
                search(
                                builder(LETTERS, "a:c c", "b:b b")
                                        .optLanguageModel(SmallModels.WORDS)
                                        .optNoSentenceEnd(),
                                "c <blank> c | b <blank> b")
                        .best();
        assertThat(best.text()).isEqualTo("a b");
        assertThat(best.languageModelScore()).isCloseTo((-0.3 - 0.2) * Math.log(10), within(1e-5));
    }

    @Test
    void ofWordsSpelledAlikeTheLikeliestOrTheFirstComesOut() {
        String[] lines = {"two:b", "b:b |", "a:b"};
        assertThat(text(builder(LETTERS, lines), "b")).isEqualTo("two");
        assertThat(text(builder(LETTERS, lines).optLanguageModel(SmallModels.WORDS), "b"))
                .isEqualTo("a");
    }

    @Test
    void wordsHaveTheLetterCaseOfTheAlphabet() {
        Alphabet upper =
                Alphabet.ofCharacters("|ABC").toBuilder().optLetterCase(LetterCase.UPPER).build();
        assertThat(text(builder(upper, "cab:c a b |"), "C A B")).isEqualTo("CAB");
    }

    @Test
    void hotwordsAreFoundByTheirSpellings() {
        BeamSearchDecoder.Builder builder =
                builder(PHONES, "hello:H AH L OW", "hello:H A L OW", "halo:H A L L OW", "low:L OW")
                        .optHotwords(List.of(new Hotword("hello low", 3), new Hotword("hi", 3)));
        for (String first : new String[] {"H AH L OW", "H A L OW"}) {
            BeamSearchResult result = search(builder, first + " | L OW");
            assertThat(result.best().text()).isEqualTo("hello low");
            assertThat(result.best().score()).isGreaterThan(2.5);
            assertThat(result.hotwords())
                    .extracting(HotwordOutcome::status)
                    .containsExactly(Status.APPLIED, Status.NOT_IN_LEXICON);
        }
    }

    @Test
    void aStreamTellsTheWordsThatAreDone() {
        BeamSearchDecoder decoder = builder(LETTERS, "Dr.:c a b |", "1:a |").build();
        DecodeStream stream = decoder.openStream();
        stream.accept(said(LETTERS, 30, "c a"), 2);
        assertThat(stream.partialResult()).isEqualTo(new PartialResult("", "ca"));
        stream.accept(said(LETTERS, 30, "b | a"), 3);
        assertThat(stream.partialResult()).isEqualTo(new PartialResult("Dr.", "Dr. 1"));
    }

    @Test
    void manyTokensAreToldApart() {
        List<String> tokens = new ArrayList<>(List.of("<blank>", "|"));
        IntStream.range(0, 70_000).forEach(i -> tokens.add("t" + i));
        Alphabet alphabet = Alphabet.builder().setTokens(tokens).build();
        BeamSearchDecoder.Builder builder =
                builder(alphabet, "x:t69999 t31", "y:t31 t69999", "z:t32799 t5 |").optTokenTopK(5);
        assertThat(text(builder, "t69999 t31 | t31 t69999 | t32799 t5")).isEqualTo("x y z");
    }

    @Test
    void spellingsThatCannotBeUsedAreErrors() {
        for (String[] line :
                new String[][] {
                    {"x:a q |", "has \"q\", for which the alphabet has no token"},
                    {
                        "x:A",
                        "has \"A\", for which the alphabet has no token but in another letter"
                                + " case, \"a\""
                    },
                    {"x:a <blank>", "has \"<blank>\", which is a class without text"},
                    {"x:a | b", "begins another word within"},
                    {"x:|", "has no token with a text"},
                }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder(LETTERS, "ab:a b", line[0]).build())
                    .withMessage(
                            "the spelling of \"x\" " + line[1] + "; correct it or leave it out");
        }
    }

    @Test
    void theDelimiterBehindASpellingMayHaveAnotherName() {
        Alphabet alphabet = Alphabet.ofCharacters(" ab");
        assertThat(text(builder(alphabet, "x:a b |", "y:b <space>"), "a b")).isEqualTo("x");
        Alphabet none = LETTERS.toBuilder().optNoWordDelimiter().build();
        assertThat(text(builder(none, "x:a |"), "a |")).isEqualTo("x");
    }
}
