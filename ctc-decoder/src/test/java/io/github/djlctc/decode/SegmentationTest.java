package io.github.djlctc.decode;

import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.SentenceBoundary;
import io.github.djlctc.lm.WordProbability;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Words of a lexicon follow each other without separators in scripts that have none; a text has the
 * score of its best division into words.
 */
class SegmentationTest {

    private static final double ALPHA = 0.7;
    private static final double GAMMA = 0.3;

    private static final Alphabet CHARACTERS = Alphabet.ofCharacters("市房地");
    private static final Alphabet PIECES =
            Alphabet.builder().setTokens(List.of("-", "市", "房", "市房", "房地市")).build();

    /** Texts of these have many divisions. */
    private static final List<String> WORDS = List.of("市", "市房", "房市", "市房市", "房地市", "地地");

    private static final NGramModel MODEL =
            SmallModels.arpa(
                    """
                    \\data\\
                    ngram 1=7
                    ngram 2=7
                    ngram 3=3

                    \\1-grams:
                    -1.7\t<unk>\t-0.1
                    -99\t<s>\t-0.4
                    -1.1\t</s>
                    -0.7\t市\t-0.3
                    -0.9\t市房\t-0.2
                    -1.2\t房市\t-0.25
                    -1.5\t市房市\t-0.05

                    \\2-grams:
                    -0.3\t<s> 市\t-0.15
                    -0.8\t<s> 市房\t-0.1
                    -0.1\t市 房市\t-0.35
                    -0.6\t市 市\t-0.2
                    -0.9\t市房 市\t-0.2
                    -0.4\t市 </s>
                    -1.9\t市房市 </s>

                    \\3-grams:
                    -0.2\t<s> 市 房市
                    -0.9\t市 市 市房
                    -0.05\t市房 市 房市

                    \\end\\
                    """);

    private static BeamSearchDecoder.Builder unbounded(Alphabet alphabet) {
        return BeamSearchDecoder.builder()
                .setAlphabet(alphabet)
                .optBeamWidth(Integer.MAX_VALUE)
                .optBeamThreshold(Double.POSITIVE_INFINITY)
                .optTokenMinLogProbability(Double.NEGATIVE_INFINITY)
                .optNBest(Integer.MAX_VALUE)
                .optLexicon(Lexicon.of(WORDS));
    }

    /** Returns every way to put a text together from words. */
    private static List<List<String>> divisions(String text) {
        if (text.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> divisions = new ArrayList<>();
        for (String word : WORDS) {
            if (text.startsWith(word)) {
                for (List<String> rest : divisions(text.substring(word.length()))) {
                    divisions.add(Stream.concat(Stream.of(word), rest.stream()).toList());
                }
            }
        }
        return divisions;
    }

    private static double languageModel(List<String> words) {
        return MODEL.query(words, SentenceBoundary.SCORED).words().stream()
                .mapToDouble(WordProbability::logProbability)
                .sum();
    }

    private static float[] emissions(Alphabet alphabet, int frames, long seed) {
        Random random = new Random(seed);
        return Emissions.random(random, frames, alphabet.size(), 1 + 2 * random.nextDouble());
    }

    private static Set<String> possible(AllAlignments all) {
        return all.texts.keySet().stream()
                .filter(text -> !divisions(text).isEmpty())
                .collect(Collectors.toSet());
    }

    /** Checks that a lexicon admits all texts that are made of its words, and no others. */
    @Property(tries = 200, seed = "1")
    void theTextsAreAllConcatenationsOfWords(
            @ForAll @IntRange(max = 6) int frames, @ForAll boolean pieces, @ForAll long seed) {
        Alphabet alphabet = pieces ? PIECES : CHARACTERS;
        int most = pieces ? Math.min(frames, 5) : frames;
        float[] emissions = emissions(alphabet, most, seed);
        AllAlignments all = new AllAlignments(alphabet, emissions, 0);

        List<Hypothesis> nBest = unbounded(alphabet).build().search(emissions, most).nBest();

        assertThat(nBest)
                .extracting(Hypothesis::text)
                .containsExactlyInAnyOrderElementsOf(possible(all));
        for (Hypothesis hypothesis : nBest) {
            assertThat(hypothesis.score())
                    .isCloseTo(Math.log(all.texts.get(hypothesis.text())), within(1e-9));
        }
    }

    @Property(tries = 300, seed = "2")
    void aTextHasTheScoreOfItsBestDivision(
            @ForAll @IntRange(max = 6) int frames,
            @ForAll boolean pieces,
            @ForAll boolean scoresEnd,
            @ForAll long seed) {
        Alphabet alphabet = pieces ? PIECES : CHARACTERS;
        int most = pieces ? Math.min(frames, 5) : frames;
        float[] emissions = emissions(alphabet, most, seed);
        double beta = 2 * new Random(seed).nextGaussian();
        BeamSearchDecoder.Builder builder =
                unbounded(alphabet)
                        .optLanguageModel(MODEL)
                        .optLanguageModelWeight(ALPHA)
                        .optWordInsertionBonus(beta)
                        .optCharacterInsertionBonus(GAMMA);
        AllAlignments all = new AllAlignments(alphabet, emissions, 0);

        List<Hypothesis> nBest =
                (scoresEnd ? builder : builder.optNoSentenceEnd())
                        .build()
                        .search(emissions, most)
                        .nBest();

        assertThat(nBest)
                .extracting(Hypothesis::text)
                .containsExactlyInAnyOrderElementsOf(possible(all));
        for (Hypothesis hypothesis : nBest) {
            double best =
                    divisions(hypothesis.text()).stream()
                            .mapToDouble(words -> weight(words, scoresEnd, beta))
                            .max()
                            .getAsDouble();
            double acoustic = Math.log(all.texts.get(hypothesis.text()));
            assertThat(hypothesis.acousticScore()).isCloseTo(acoustic, within(1e-9));
            assertThat(hypothesis.score()).isCloseTo(acoustic + best, within(1e-9));
            double modelOfBest = hypothesis.languageModelScore();
            assertThat(divisions(hypothesis.text()))
                    .anyMatch(
                            words ->
                                    Math.abs(model(words, scoresEnd) - modelOfBest) < 1e-9
                                            && Math.abs(weight(words, scoresEnd, beta) - best)
                                                    < 1e-9);
        }
    }

    private static double model(List<String> words, boolean scoresEnd) {
        double end =
                MODEL.query(words, SentenceBoundary.SCORED)
                        .words()
                        .get(words.size())
                        .logProbability();
        return languageModel(words) - (scoresEnd ? 0 : end);
    }

    private static double weight(List<String> words, boolean scoresEnd, double beta) {
        return ALPHA * model(words, scoresEnd)
                + beta * words.size()
                + GAMMA * String.join("", words).length();
    }

    /** The prefix tree is compacted many times on the way. */
    @Test
    void longStreamsAreDecodedAsAWhole() {
        Random random = new Random(4);
        StringBuilder said = new StringBuilder();
        while (said.length() < 600) {
            said.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        float[] emissions = Emissions.speech(random, CHARACTERS, said.toString(), 1);
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(CHARACTERS)
                        .optLexicon(Lexicon.of(WORDS))
                        .optLanguageModel(MODEL)
                        .optLanguageModelWeight(0.6)
                        .optWordInsertionBonus(2.4)
                        .optCharacterInsertionBonus(0)
                        .build();
        int frames = emissions.length / 4;

        DecodeStream stream = decoder.openStream();
        for (int from = 0; from < frames; from += 7) {
            int to = Math.min(from + 7, frames);
            stream.accept(Emissions.frames(emissions, 4, from, to), to - from);
        }

        Hypothesis best = stream.finish().best();
        assertThat(best.text()).hasSizeGreaterThan(500);
        assertThat(best.score()).isEqualTo(decoder.decode(emissions, frames).score());
        double expected = bestWeight(best.text());
        assertThat(best.score() - best.acousticScore()).isCloseTo(expected, within(1e-6));
    }

    /** Returns the best weight by dynamic programming over the last two words. */
    private static double bestWeight(String text) {
        List<Map<List<String>, Double>> best = new ArrayList<>();
        for (int i = 0; i <= text.length(); i++) {
            best.add(new HashMap<>());
        }
        best.get(0).put(List.of("<s>"), 0.0);
        for (int i = 0; i < text.length(); i++) {
            for (Map.Entry<List<String>, Double> history : best.get(i).entrySet()) {
                for (String word : WORDS) {
                    if (text.startsWith(word, i)) {
                        double weight = history.getValue() + 0.6 * score(history.getKey(), word);
                        best.get(i + word.length())
                                .merge(last(history.getKey(), word), weight + 2.4, Math::max);
                    }
                }
            }
        }
        OptionalDouble all =
                best.get(text.length()).entrySet().stream()
                        .mapToDouble(e -> e.getValue() + 0.6 * score(e.getKey(), "</s>"))
                        .max();
        return all.getAsDouble();
    }

    private static double score(List<String> history, String word) {
        int[] state = new int[MODEL.stateSize()];
        MODEL.writeEmptyContext(state, 0);
        for (String before : history) {
            if (before.equals("<s>")) {
                MODEL.writeSentenceStart(state, 0);
            } else {
                MODEL.score(state, 0, MODEL.wordId(before), state, 0);
            }
        }
        return MODEL.score(state, 0, MODEL.wordId(word), state, 0);
    }

    private static List<String> last(List<String> history, String word) {
        return List.of(history.get(history.size() - 1), word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"市房地产", "とうきょう", "カタカナ", "ภาษาไทย", "ພາສາລາວ", "ភាសាខ្មែរ"})
    void scriptsWithoutSpaces(String letters) {
        String distinct =
                letters.codePoints()
                        .distinct()
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        Alphabet alphabet = Alphabet.ofCharacters(distinct);

        assertThat(decodeWith(alphabet, letters, List.of(letters.substring(0, 2), letters)))
                .isEqualTo(letters + letters);
    }

    private static String decodeWith(Alphabet alphabet, String word, List<String> lexicon) {
        float[] emissions = Emissions.speech(new Random(1), alphabet, word + word, 0.5);
        return BeamSearchDecoder.builder()
                .setAlphabet(alphabet)
                .optLexicon(Lexicon.of(lexicon))
                .build()
                .decode(emissions, emissions.length / alphabet.size())
                .text();
    }

    /** Dates, codes and single words of a page are read by alphabets without a delimiter too. */
    @Test
    void otherScriptsHaveOneWordWithoutASeparator() {
        Alphabet letters = Alphabet.ofCharacters("abc");

        assertThat(decodeWith(letters, "abc", List.of("abc", "abcabc"))).isEqualTo("abcabc");
        assertThat(decodeWith(letters, "abc", List.of("abc"))).isEqualTo("abc");
    }

    @Test
    void withASeparatorWordsNeedOne() {
        Alphabet separated = Alphabet.ofCharacters("市房|");

        assertThat(decodeWith(separated, "市房", List.of("市房"))).isNotEqualTo("市房市房");
    }
}
