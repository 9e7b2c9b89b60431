package io.github.djlctc.decode;

import io.github.djlctc.decode.HotwordOutcome.Status;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** The best hypothesis is the one with the fewest expected errors, if that is asked for. */
class MinimumBayesRiskTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|abc");
    private static final int CLASSES = LETTERS.size();
    private static final Offset<Double> ROUNDING = within(1e-12);

    private static MinimumBayesRisk risk(double[] probabilities, String... texts) {
        return new MinimumBayesRisk(
                Arrays.stream(texts).map(MinimumBayesRiskTest::words).toList(),
                Arrays.stream(probabilities).map(Math::log).toArray());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    @Test
    void similarTextsOutvoteALikelierOne() {
        MinimumBayesRisk risk = risk(new double[] {0.4, 0.3, 0.3}, "a b c", "x y z", "x y w");
        assertThat(risk.expectedErrors()).containsExactly(new double[] {1.8, 1.5, 1.5}, ROUNDING);
        assertThat(risk.ranking()).containsExactly(1, 2, 0);
    }

    @Test
    void aTextOfMoreThanHalfTheProbabilityStaysTheBest() {
        MinimumBayesRisk risk = risk(new double[] {0.51, 0.25, 0.24}, "a b c", "x y z", "x y w");
        assertThat(risk.ranking()).containsExactly(0, 1, 2);
    }

    @Test
    void textsOfEqualRiskStayInOrder() {
        assertThat(risk(new double[] {0.5, 0.5}, "a b", "c").ranking()).containsExactly(0, 1);
        assertThat(risk(new double[] {1}, "").ranking()).containsExactly(0);
        assertThat(risk(new double[] {0}, "").ranking()).containsExactly(0);
    }

    @Test
    void scoresCountUpToAConstant() {
        List<List<String>> texts = List.of(words("a b c"), words("x y z"), words("x y w"));
        double[] expected =
                new MinimumBayesRisk(texts, new double[] {-5000, -5000.1, -5001}).expectedErrors();
        assertThat(new MinimumBayesRisk(texts, new double[] {7000, 6999.9, 6999}).expectedErrors())
                .containsExactly(expected, within(1e-9));
    }

    @Property(tries = 300, seed = "1")
    void theRiskIsTheSumOverAllTexts(
            @ForAll @IntRange(min = 1, max = 12) int count, @ForAll long seed) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            texts.add(
                    random.ints(random.nextInt(6), 0, 3)
                            .mapToObj(word -> List.of("a", "b", "ab").get(word))
                            .toList());
            scores[i] = 3 * random.nextGaussian();
        }
        double[] expected = byDefinition(texts, scores);
        MinimumBayesRisk risk = new MinimumBayesRisk(texts, scores);
        assertThat(risk.expectedErrors()).containsExactly(expected, within(1e-9));
        assertThat(risk.ranking())
                .isSortedAccordingTo(Comparator.comparingDouble(i -> risk.expectedErrors()[i]))
                .hasSize(count)
                .doesNotHaveDuplicates();
    }

    private static double[] byDefinition(List<List<String>> texts, double[] scores) {
        double[] expected = new double[scores.length];
        double total = 0;
        for (int j = 0; j < scores.length; j++) {
            total += Math.exp(scores[j]);
            for (int i = 0; i < scores.length; i++) {
                expected[i] += Math.exp(scores[j]) * editDistance(texts.get(i), texts.get(j));
            }
        }
        for (int i = 0; i < scores.length; i++) {
            expected[i] /= total;
        }
        return expected;
    }

    /** Levenshtein's distance by its recursive definition. */
    private static int editDistance(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.size() + b.size();
        }
        List<String> restOfA = a.subList(1, a.size());
        List<String> restOfB = b.subList(1, b.size());
        if (a.get(0).equals(b.get(0))) {
            return editDistance(restOfA, restOfB);
        }
        return 1
                + Math.min(
                        editDistance(restOfA, restOfB),
                        Math.min(editDistance(restOfA, b), editDistance(a, restOfB)));
    }

    private static BeamSearchDecoder.Builder builder(Alphabet alphabet) {
        return BeamSearchDecoder.builder().setAlphabet(alphabet).optNBest(Integer.MAX_VALUE);
    }

    @Property(tries = 200, seed = "2")
    void onlyTheOrderOfTheListDiffers(
            @ForAll @IntRange(min = 2, max = 30) int compared, @ForAll long seed) {
        Random random = new Random(seed);
        float[] emissions = Emissions.random(random, 12, CLASSES, 2);
        BeamSearchDecoder.Builder builder = builder(LETTERS);
        if (random.nextBoolean()) {
            builder.optLanguageModel(SmallModels.WORDS);
        }
        List<Hypothesis> byScore = builder.build().search(emissions, 12).nBest();
        BeamSearchDecoder decoder = builder.optMinimumBayesRisk(compared).build();
        List<Hypothesis> nBest = decoder.search(emissions, 12).nBest();
        int ranked = Math.min(compared, byScore.size());

        assertThat(texts(nBest.subList(0, ranked)))
                .containsExactlyInAnyOrderElementsOf(texts(byScore.subList(0, ranked)));
        assertThat(texts(nBest.subList(ranked, nBest.size())))
                .isEqualTo(texts(byScore.subList(ranked, byScore.size())));
        double[] risks =
                byDefinition(
                        texts(nBest.subList(0, ranked)).stream()
                                .map(MinimumBayesRiskTest::words)
                                .toList(),
                        nBest.subList(0, ranked).stream().mapToDouble(Hypothesis::score).toArray());
        for (int i = 1; i < ranked; i++) {
            assertThat(risks[i]).isGreaterThanOrEqualTo(risks[i - 1] - 1e-9);
        }
        assertThat(decoder.decode(emissions, 12)).isEqualTo(nBest.get(0));
    }

    private static List<String> texts(List<Hypothesis> hypotheses) {
        return hypotheses.stream().map(Hypothesis::text).toList();
    }

    /**
     * Returns five frames: the first, third and fifth of one letter with a probability of 0.35 and
     * of another with 0.65; the others of what separates these.
     */
    private static float[] threeUnsureLetters(Alphabet alphabet, int separator, int a, int b) {
        int classes = alphabet.size();
        float[] emissions =
                Emissions.of(classes, 40, separator, separator, separator, separator, separator);
        for (int frame = 0; frame < 5; frame += 2) {
            emissions[frame * classes + separator] = 0;
            emissions[frame * classes + a] = (float) (40 + Math.log(0.35));
            emissions[frame * classes + b] = (float) (40 + Math.log(0.65));
        }
        return emissions;
    }

    /**
     * "a a a" is likeliest for its bonus, at 0.25 to 0.22 of "b b b", and is expected to have 1.53
     * errors. "a b a", at 0.06, is near to all others, and is expected to have 1.39.
     */
    @Test
    void theBestTextCanHaveALowerScore() {
        float[] emissions = threeUnsureLetters(LETTERS, 1, 2, 3);
        BeamSearchDecoder.Builder builder =
                builder(LETTERS).optHotwords(List.of(new Hotword("a a a", 2)));
        BeamSearchResult byScore = builder.build().search(emissions, 5);
        assertThat(byScore.best().text()).isEqualTo("a a a");
        assertThat(byScore.hotwords().get(0).status()).isEqualTo(Status.APPLIED);

        BeamSearchResult byRisk = builder.optMinimumBayesRisk(8).build().search(emissions, 5);
        assertThat(byRisk.best().text()).isEqualTo("a b a");
        assertThat(byRisk.best().score()).isLessThan(byScore.best().score());
        assertThat(byRisk.nBest()).hasSize(8);
        assertThat(byRisk.hotwords().get(0).status()).isEqualTo(Status.OUTSCORED);
        assertThat(byRisk.hotwords().get(0).explanation())
                .startsWith("a hypothesis holds it, but the best does not");
    }

    @Test
    void onlyTheBestByScoreAreCompared() {
        float[] emissions = threeUnsureLetters(LETTERS, 1, 2, 3);
        BeamSearchDecoder.Builder builder =
                builder(LETTERS).optHotwords(List.of(new Hotword("a a a", 2)));
        assertThat(builder.optMinimumBayesRisk(2).build().decode(emissions, 5).text())
                .isEqualTo("a a a");
    }

    @Test
    void aLexiconStillRulesOutOtherWords() {
        float[] emissions = threeUnsureLetters(LETTERS, 1, 2, 3);
        BeamSearchDecoder.Builder builder =
                builder(LETTERS)
                        .optHotwords(List.of(new Hotword("a a a", 2)))
                        .optMinimumBayesRisk(10);
        assertThat(
                        builder.optLexicon(Lexicon.of(List.of("a", "b")))
                                .build()
                                .decode(emissions, 5)
                                .text())
                .isEqualTo("a b a");
        BeamSearchResult nothing =
                builder.optLexicon(Lexicon.of(List.of("abcabc"))).build().search(emissions, 5);
        assertThat(nothing.isNothing()).isTrue();
        assertThat(nothing.nBest()).hasSize(1);
    }

    @Test
    void errorsAreOfCharactersWhereWordsAreJoined() {
        Alphabet joined = Alphabet.ofCharacters("市房");
        assertThat(joined.joinsWords()).isTrue();
        float[] emissions = threeUnsureLetters(joined, joined.blank(), 1, 2);
        BeamSearchDecoder.Builder builder =
                builder(joined).optHotwords(List.of(new Hotword("市市市", 2)));
        assertThat(builder.build().decode(emissions, 5).text()).isEqualTo("市市市");
        assertThat(builder.optMinimumBayesRisk(8).build().decode(emissions, 5).text())
                .isEqualTo("市房市");
    }

    @Test
    void aTextOfOneWordHasOneErrorAtMost() {
        Alphabet letters = Alphabet.ofCharacters("ab");
        float[] emissions = threeUnsureLetters(letters, letters.blank(), 1, 2);
        BeamSearchDecoder.Builder builder =
                builder(letters).optHotwords(List.of(new Hotword("aaa", 2)));
        assertThat(builder.optMinimumBayesRisk(8).build().decode(emissions, 5).text())
                .isEqualTo("aaa");
    }

    @Test
    void aStreamOfNothingHasAnEmptyText() {
        DecodeStream stream = builder(LETTERS).optMinimumBayesRisk(5).build().openStream();
        assertThat(stream.finish().best().text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -3})
    void thereMustBeSomethingToCompare(int hypotheses) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(LETTERS).optMinimumBayesRisk(hypotheses))
                .withMessage("the hypotheses to compare must be 2 or more, but are " + hypotheses);
    }
}
