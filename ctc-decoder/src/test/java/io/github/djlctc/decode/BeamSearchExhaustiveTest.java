package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.SentenceBoundary;
import io.github.djlctc.lm.WordProbability;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * With an unbounded beam, the n-best list holds every text with the score by definition: the sum
 * over all alignments, plus language model, word bonus and hotwords.
 */
class BeamSearchExhaustiveTest {

    private static final double ALPHA = 0.7;
    private static final double BETA = 0.9;
    private static final double UNKNOWN = -1.3;
    private static final double GAMMA = 0.4;
    private static final double EMPTY_WORD = -0.8;

    private static final Map<String, Alphabet> ALPHABETS =
            Map.of(
                    "delimiter", Alphabet.ofCharacters("|ab"),
                    "blank last",
                            Alphabet.builder()
                                    .setTokens(List.of("a", "|", "b", "-"))
                                    .optBlank(3)
                                    .build(),
                    "no delimiter", Alphabet.ofCharacters("abc"),
                    "two kinds of space", Alphabet.ofCharacters("a b\u00a0"),
                    "special tokens",
                            Alphabet.builder()
                                    .setTokens(List.of("<pad>", "<unk>", "a", "|", "<s>", "b"))
                                    .build(),
                    "letters that start words",
                            subwords(SubwordStyle.SENTENCEPIECE, "\u2581a", "a", "\u2581"),
                    "SentencePiece",
                            subwords(SubwordStyle.SENTENCEPIECE, "\u2581a", "b", "ab", "\u2581b"),
                    "words end with a mark",
                            subwords(SubwordStyle.SENTENCEPIECE, "a\u2581", "a", "b", "\u2581"),
                    "several words in a token",
                            subwords(
                                    SubwordStyle.SENTENCEPIECE,
                                    "\u2581a\u2581b",
                                    "\u2581a",
                                    "\u2581b",
                                    "b"),
                    "WordPiece", subwords(SubwordStyle.WORDPIECE, "a", "b", "##a", "##ab", "##b"));

    private static Alphabet subwords(SubwordStyle style, String... tokens) {
        String[] all = new String[tokens.length + 1];
        all[0] = "<blank>";
        System.arraycopy(tokens, 0, all, 1, tokens.length);
        return Alphabet.builder().setTokens(List.of(all)).optSubwords(style).build();
    }

    @Provide
    Arbitrary<String> alphabets() {
        return Arbitraries.of(ALPHABETS.keySet().stream().sorted().toList());
    }

    /** The parts of the score of a text. */
    private record Expected(double acoustic, double languageModel, double rest) {

        double score() {
            return acoustic + ALPHA * languageModel + rest;
        }
    }

    /** Computes the expected score of a text. */
    private interface Weights {

        Expected of(double acoustic, String text, int[] tokens);
    }

    private static BeamSearchDecoder.Builder unbounded(Alphabet alphabet) {
        return BeamSearchDecoder.builder()
                .setAlphabet(alphabet)
                .optBeamWidth(Integer.MAX_VALUE)
                .optBeamThreshold(Double.POSITIVE_INFINITY)
                .optTokenMinLogProbability(Double.NEGATIVE_INFINITY)
                .optEmptyWordScore(EMPTY_WORD)
                .optNBest(Integer.MAX_VALUE);
    }

    private static BeamSearchDecoder.Builder withWords(Alphabet alphabet, LanguageModel model) {
        return unbounded(alphabet)
                .optLanguageModel(model)
                .optLanguageModelWeight(ALPHA)
                .optWordInsertionBonus(BETA)
                .optCharacterInsertionBonus(GAMMA)
                .optUnknownWordScore(UNKNOWN);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static double languageModel(NGramModel model, List<String> words, boolean end) {
        List<WordProbability> scored = model.query(words, SentenceBoundary.SCORED).words();
        return scored.subList(0, words.size() + (end ? 1 : 0)).stream()
                .mapToDouble(WordProbability::logProbability)
                .sum();
    }

    private static Expected weighWords(double acoustic, String text, boolean end) {
        List<String> words = words(text);
        long unknown = words.stream().filter(word -> !isKnown(word)).count();
        return new Expected(
                acoustic,
                languageModel(SmallModels.WORDS, words, end),
                bonuses(text) + UNKNOWN * unknown);
    }

    private static double bonuses(String text) {
        return BETA * words(text).size() + GAMMA * text.replace(" ", "").length();
    }

    private static boolean isKnown(String word) {
        return SmallModels.WORDS.vocabulary().contains(word);
    }

    private static float[] emissions(Alphabet alphabet, int frames, long seed) {
        Random random = new Random(seed);
        int most = alphabet.size() > 4 ? Math.min(frames, 4) : frames;
        return Emissions.random(random, most, alphabet.size(), 1 + 2 * random.nextDouble());
    }

    /** Decodes and compares every hypothesis with its expected score. */
    private static void check(
            BeamSearchDecoder decoder,
            Alphabet alphabet,
            float[] emissions,
            Predicate<String> possible,
            Weights weights) {
        AllAlignments all = new AllAlignments(alphabet, emissions, EMPTY_WORD);
        List<Hypothesis> nBest =
                decoder.search(emissions, emissions.length / alphabet.size()).nBest();
        Set<String> texts = new HashMap<>(all.texts).keySet();
        texts.removeIf(possible.negate());
        assertThat(nBest).extracting(Hypothesis::text).containsExactlyInAnyOrderElementsOf(texts);
        for (Hypothesis hypothesis : nBest) {
            double acoustic = Math.log(all.texts.get(hypothesis.text()));
            Expected expected = weights.of(acoustic, hypothesis.text(), hypothesis.ids());
            assertThat(hypothesis.acousticScore()).isCloseTo(acoustic, close(acoustic));
            assertThat(hypothesis.languageModelScore())
                    .isCloseTo(expected.languageModel, close(expected.languageModel));
            assertThat(hypothesis.score()).isCloseTo(expected.score(), close(expected.score()));
            assertThat(alphabet.decode(hypothesis.ids())).isEqualTo(hypothesis.text());
            if (all.separators() < 2) {
                assertSpans(hypothesis, all.best.get(ids(hypothesis)));
            }
        }
        assertThat(nBest)
                .isSortedAccordingTo(Comparator.comparingDouble(Hypothesis::score).reversed());
    }

    private static List<Integer> ids(Hypothesis hypothesis) {
        return Arrays.stream(hypothesis.ids()).boxed().toList();
    }

    private static org.assertj.core.data.Offset<Double> close(double value) {
        return within(1e-9 * Math.max(1, Math.abs(value)));
    }

    private static void assertSpans(Hypothesis hypothesis, AllAlignments.Best best) {
        assertThat(hypothesis.tokens()).hasSameSizeAs(best.spans());
        for (int i = 0; i < best.spans().size(); i++) {
            AllAlignments.Span expected = best.spans().get(i);
            TokenSpan actual = hypothesis.tokens().get(i);
            assertThat(actual.startFrame()).isEqualTo(expected.start());
            assertThat(actual.endFrame()).isEqualTo(expected.end());
            assertThat(Math.exp(actual.logProbability())).isCloseTo(expected.peak(), within(1e-9));
        }
    }

    @Property(tries = 600, seed = "1")
    void textsHaveTheSumOfTheirAlignments(
            @ForAll("alphabets") String name,
            @ForAll @IntRange(max = 5) int frames,
            @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get(name);
        check(
                unbounded(alphabet).build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> true,
                (acoustic, text, tokens) -> new Expected(acoustic, 0, 0));
    }

    @Property(tries = 600, seed = "2")
    void aModelOfWordsScoresWords(
            @ForAll("alphabets") String name,
            @ForAll @IntRange(max = 5) int frames,
            @ForAll boolean sentenceEnd,
            @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get(name);
        BeamSearchDecoder.Builder builder = withWords(alphabet, SmallModels.WORDS);
        check(
                (sentenceEnd ? builder : builder.optNoSentenceEnd()).build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> true,
                (acoustic, text, tokens) -> weighWords(acoustic, text, sentenceEnd));
    }

    @Property(tries = 400, seed = "3")
    void aModelOfTokensScoresTokens(
            @ForAll("alphabets") String name,
            @ForAll @IntRange(max = 5) int frames,
            @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get(name);
        check(
                withWords(alphabet, SmallModels.TOKENS)
                        .optLanguageModelUnit(LanguageModelUnit.TOKEN)
                        .build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> true,
                (acoustic, text, tokens) -> weighTokens(alphabet, acoustic, text, tokens));
    }

    private static Expected weighTokens(
            Alphabet alphabet, double acoustic, String text, int[] tokens) {
        List<String> spelled = Arrays.stream(tokens).mapToObj(alphabet::token).toList();
        return new Expected(
                acoustic, languageModel(SmallModels.TOKENS, spelled, true), bonuses(text));
    }

    @Property(tries = 400, seed = "4")
    void aLexiconRulesOutOtherWords(
            @ForAll("alphabets") String name,
            @ForAll @IntRange(max = 5) int frames,
            @ForAll boolean withModel,
            @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get(name);
        Set<String> lexicon = Set.of("a", "ab", "aab", "bb", "zebra");
        BeamSearchDecoder.Builder builder =
                withModel
                        ? withWords(alphabet, SmallModels.WORDS)
                        : unbounded(alphabet)
                                .optWordInsertionBonus(BETA)
                                .optCharacterInsertionBonus(GAMMA);
        check(
                builder.optLexicon(Lexicon.of(lexicon)).build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> lexicon.containsAll(words(text)),
                (acoustic, text, tokens) -> {
                    double model =
                            withModel ? languageModel(SmallModels.WORDS, words(text), true) : 0;
                    return new Expected(acoustic, model, bonuses(text));
                });
    }

    @Property(tries = 600, seed = "5")
    void hotwordsCountForEachTime(
            @ForAll("alphabets") String name,
            @ForAll @IntRange(min = 2, max = 5) int frames,
            @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get(name);
        Random random = new Random(seed);
        List<String> phrases =
                List.of("a", "b", "a b", "a a", "a a b", "ab", "b a", "aa", "ba", "bb", "zebra");
        List<Hotword> hotwords =
                random.ints(1 + random.nextInt(4), 0, phrases.size())
                        .mapToObj(i -> new Hotword(phrases.get(i), 3 * random.nextGaussian()))
                        .toList();
        check(
                unbounded(alphabet).optHotwords(hotwords).build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> true,
                (acoustic, text, tokens) -> new Expected(acoustic, 0, bonus(hotwords, text)));
    }

    @Property(tries = 300, seed = "8")
    void hotwordsMatchAnywhereWhereWordsAreJoined(
            @ForAll @IntRange(min = 2, max = 5) int frames, @ForAll long seed) {
        Alphabet alphabet = subwords(SubwordStyle.NONE, "市", "房", "市房", "房市市");
        Random random = new Random(seed);
        List<Hotword> hotwords =
                Stream.of("市", "市房", "房市", "市房市", "房房", "市市市市", "市 房")
                        .filter(phrase -> random.nextBoolean())
                        .map(phrase -> new Hotword(phrase, 3 * random.nextGaussian()))
                        .toList();
        check(
                unbounded(alphabet).optHotwords(hotwords).build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> true,
                (acoustic, text, tokens) ->
                        new Expected(acoustic, 0, bonusAnywhere(hotwords, text)));
    }

    private static double bonusAnywhere(List<Hotword> hotwords, String text) {
        Map<String, Double> weights = new HashMap<>();
        hotwords.forEach(h -> weights.merge(h.phrase(), h.weight(), Double::sum));
        double bonus = 0;
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            for (int i = 0; i < text.length(); i++) {
                if (text.startsWith(entry.getKey(), i)) {
                    bonus += Math.min(entry.getValue(), entry.getKey().length());
                }
            }
        }
        return bonus;
    }

    private static double bonus(List<Hotword> hotwords, String text) {
        List<String> words = words(text);
        Map<String, Double> weights = new HashMap<>();
        hotwords.forEach(h -> weights.merge(h.phrase(), h.weight(), Double::sum));
        double bonus = 0;
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            List<String> phrase = words(entry.getKey());
            double gain = Math.min(entry.getValue(), entry.getKey().length());
            for (int i = 0; i + phrase.size() <= words.size(); i++) {
                bonus += words.subList(i, i + phrase.size()).equals(phrase) ? gain : 0;
            }
        }
        return bonus;
    }

    @Property(tries = 300, seed = "6")
    void hotwordsAreKnownWords(@ForAll @IntRange(min = 2, max = 5) int frames, @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get("delimiter");
        List<Hotword> hotwords = List.of(new Hotword("bb a", 2), new Hotword("a a", -1));
        check(
                withWords(alphabet, SmallModels.WORDS).optHotwords(hotwords).build(),
                alphabet,
                emissions(alphabet, frames, seed),
                text -> true,
                (acoustic, text, tokens) -> {
                    Expected plain = weighWords(acoustic, text, true);
                    long known = words(text).stream().filter("bb"::equals).count();
                    double rest = plain.rest - UNKNOWN * known + bonus(hotwords, text);
                    return new Expected(acoustic, plain.languageModel, rest);
                });
    }

    @Property(tries = 200, seed = "7")
    void anyModelWillDo(@ForAll @IntRange(max = 5) int frames, @ForAll long seed) {
        Alphabet alphabet = ALPHABETS.get("delimiter");
        float[] emissions = emissions(alphabet, frames, seed);
        Hypothesis[] expected =
                withWords(alphabet, SmallModels.WORDS)
                        .build()
                        .search(emissions, emissions.length / alphabet.size())
                        .nBest()
                        .toArray(Hypothesis[]::new);
        List<Hypothesis> actual =
                withWords(alphabet, new LastWordsModel(SmallModels.WORDS))
                        .build()
                        .search(emissions, emissions.length / alphabet.size())
                        .nBest();
        assertThat(actual)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(expected);
    }
}
