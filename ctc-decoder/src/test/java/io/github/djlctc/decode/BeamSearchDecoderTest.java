package io.github.djlctc.decode;

import io.github.djlctc.decode.HotwordOutcome.Status;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class BeamSearchDecoderTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|abc");
    private static final int CLASSES = LETTERS.size();
    private static final int SPACE = 1;
    private static final int A = 2;
    private static final int B = 3;
    private static final int C = 4;

    private static BeamSearchDecoder.Builder builder() {
        return BeamSearchDecoder.builder().setAlphabet(LETTERS);
    }

    private static BeamSearchResult search(BeamSearchDecoder.Builder builder, float[] emissions) {
        return builder.build().search(emissions, emissions.length / CLASSES);
    }

    private static float[] said(double margin, int... ids) {
        return Emissions.of(CLASSES, margin, ids);
    }

    @Test
    void optionsThatNeedALanguageModelAreRefusedWithoutOne() {
        List<UnaryOperator<BeamSearchDecoder.Builder>> options =
                List.of(
                        builder -> builder.optLanguageModelWeight(0.5),
                        builder -> builder.optUnknownWordScore(-1),
                        builder -> builder.optLanguageModelUnit(LanguageModelUnit.WORD),
                        BeamSearchDecoder.Builder::optNoSentenceEnd);
        for (UnaryOperator<BeamSearchDecoder.Builder> option : options) {
            BeamSearchDecoder.Builder builder =
                    option.apply(
                            BeamSearchDecoder.builder().setAlphabet(Alphabet.ofCharacters("ab")));
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContaining("no effect without a language model");
            assertThat(builder.optLanguageModel(SmallModels.WORDS).build()).isNotNull();
        }
    }

    @Test
    void noFramesAreAnEmptyText() {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder().setAlphabet(Alphabet.ofCharacters("ab")).build();
        assertThat(decoder.search(new float[0], 0).best().text()).isEmpty();
        assertThat(decoder.search(new float[0], 0).isNothing()).isFalse();
    }

    @Test
    void separatorsAtTheEndsAndNextToEachOtherDoNotChangeTheText() {
        BeamSearchDecoder.Builder builder = builder().optLanguageModel(SmallModels.WORDS);
        Hypothesis plain = search(builder, said(40, A, SPACE, B)).best();
        Hypothesis more =
                search(builder, said(40, SPACE, 0, SPACE, A, SPACE, 0, SPACE, B, SPACE, 0, SPACE))
                        .best();
        assertThat(plain.text()).isEqualTo("a b");
        assertThat(more.text()).isEqualTo("a b");
        // Two before the first word, one between, and one more than one at the end.
        assertThat(more.score()).isCloseTo(plain.score() - 4 * 2.3, within(1e-9));
        assertThat(more.languageModelScore()).isCloseTo(plain.languageModelScore(), within(1e-12));
        assertThat(more.ids()).containsExactly(A, SPACE, B);
        assertThat(more.tokens().get(1).startFrame()).isEqualTo(4);
        assertThat(more.tokens().get(1).endFrame()).isEqualTo(7);
    }

    @Test
    void theWordBonusCountsWordsIfItIsWantedOrThereIsALanguageModel() {
        float[] emissions = said(40, A, SPACE, B);
        assertThat(search(builder(), emissions).best().score()).isCloseTo(0, within(1e-9));
        assertThat(search(builder().optWordInsertionBonus(2), emissions).best().score())
                .isCloseTo(4, within(1e-9));
        Hypothesis scored = search(builder().optLanguageModel(SmallModels.WORDS), emissions).best();
        assertThat(scored.score())
                .isCloseTo(0.7 * scored.languageModelScore() + 2 * 2 + 2 * 0.5, within(1e-9));
    }

    /**
     * The frames of b say something, though no letter is sure: not two separators next to each
     * other.
     */
    @Test
    void aWordIsNotLeftOutForThePriceOfItsLetters() {
        float[] emissions = said(40, A, SPACE, B, SPACE, A);
        emissions[2 * CLASSES] = emissions[2 * CLASSES + B] + 1;
        assertThat(search(builder(), emissions).best().text()).isEqualTo("a b a");
        assertThat(search(builder().optEmptyWordScore(0), emissions).best().text())
                .isEqualTo("a a");
        assertThat(
                        search(builder().optEmptyWordScore(Double.NEGATIVE_INFINITY), emissions)
                                .best()
                                .text())
                .isEqualTo("a b a");
    }

    @Test
    void aSeparatorThatGoesOnIsOne() {
        float[] emissions = said(40, A, SPACE, SPACE, SPACE, B, 0, SPACE, SPACE);
        BeamSearchDecoder.Builder strict = builder().optEmptyWordScore(Double.NEGATIVE_INFINITY);
        assertThat(search(strict, emissions).best().text()).isEqualTo("a b");
        assertThat(search(strict, emissions).best().score()).isCloseTo(0, within(1e-9));
    }

    /**
     * Not a separator, a blank and another, though the blank alone is likelier than the separator.
     */
    @Test
    void theTimesOfASeparatorAreThoseOfThePathThatPaysLess() {
        double[][] frames = {
            {0, 0, 1, 0}, {0.1, 0.3, 0, 0.6}, {0.6, 0.4, 0, 0}, {0, 0.35, 0, 0.65}, {0, 0, 1, 0}
        };
        float[] emissions = new float[frames.length * 4];
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] = (float) Math.log(Math.max(1e-30, frames[i / 4][i % 4]));
        }
        Hypothesis twoWords =
                BeamSearchDecoder.builder()
                        .setAlphabet(Alphabet.ofCharacters("|ab"))
                        .optNBest(50)
                        .build()
                        .search(emissions, frames.length)
                        .nBest()
                        .stream()
                        .filter(h -> h.text().equals("a a"))
                        .findFirst()
                        .orElseThrow();
        assertThat(twoWords.tokens().get(1).startFrame()).isEqualTo(1);
        assertThat(Math.exp(twoWords.tokens().get(1).logProbability()))
                .isCloseTo(0.4, within(1e-6));
    }

    @Test
    void theCharacterBonusCountsCharactersOfWords() {
        float[] emissions = said(40, A, B, SPACE, A);
        assertThat(search(builder().optCharacterInsertionBonus(2), emissions).best().score())
                .isCloseTo(6, within(1e-9));
    }

    @Test
    void theCharacterBonusCountsCodePoints() {
        Alphabet clefs = Alphabet.ofCharacters(Character.toString(0x1D11E));
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(clefs)
                        .optCharacterInsertionBonus(2)
                        .build();
        assertThat(decoder.decode(new float[] {0, 40}, 1).score()).isCloseTo(2, within(1e-9));
    }

    @Test
    void widthOneIsNotGreedy() {
        Alphabet one = Alphabet.ofCharacters("a");
        float[] emissions = new float[4];
        for (int frame = 0; frame < 2; frame++) {
            emissions[2 * frame] = (float) Math.log(0.6);
            emissions[2 * frame + 1] = (float) Math.log(0.4);
        }
        assertThat(new GreedyDecoder(one).decode(emissions, 2).text()).isEmpty();
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder().setAlphabet(one);
        Hypothesis best = builder.optBeamWidth(2).build().decode(emissions, 2);
        assertThat(best.text()).isEqualTo("a");
        assertThat(best.score()).isCloseTo(Math.log(1 - 0.36), within(1e-7));
        BeamSearchResult narrow = builder.optBeamWidth(1).optNBest(9).build().search(emissions, 2);
        assertThat(narrow.nBest()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void equalScoresGiveTheSameOrderEveryTime(int width) {
        float[] emissions = new float[12 * CLASSES];
        BeamSearchDecoder.Builder builder = builder().optBeamWidth(width).optNBest(width);
        assertThat(search(builder, emissions)).isEqualTo(search(builder, emissions));
    }

    @Property(tries = 300, seed = "1")
    void aTokenThatIsPrunedEverywhereIsNotDecoded(@ForAll long seed) {
        float[] emissions = Emissions.random(new Random(seed), 6, CLASSES, 2);
        for (int frame = 0; frame < 6; frame++) {
            emissions[frame * CLASSES + C] = -4;
            emissions[frame * CLASSES + SPACE] = -4;
            emissions[frame * CLASSES + A] = 3;
            emissions[frame * CLASSES + B] = 5;
        }
        for (BeamSearchDecoder.Builder builder :
                List.of(builder().optTokenTopK(2), builder().optTokenMinLogProbability(-5))) {
            assertThat(search(builder.optNBest(50), emissions).nBest())
                    .allSatisfy(h -> assertThat(h.text()).matches("[ab]*"));
        }
        assertThat(search(builder().optTokenTopK(1).optNBest(50), emissions).nBest())
                .allSatisfy(h -> assertThat(h.text()).matches("b*"));
        assertThat(search(builder().optTokenMinLogProbability(0), emissions).best().text())
                .isNotEmpty();
    }

    @Property(tries = 100, seed = "2")
    void theThresholdDropsWhatIsFarBehind(@ForAll long seed) {
        float[] emissions = Emissions.random(new Random(seed), 8, CLASSES, 2);
        List<Hypothesis> kept =
                search(builder().optBeamThreshold(2).optNBest(99), emissions).nBest();
        // A text with and without a separator at its end is one hypothesis.
        assertThat(kept.get(0).score() - kept.get(kept.size() - 1).score())
                .isLessThan(2 + Math.log(2) + 1e-9);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e4f, 3e38f, 700})
    void extremeLogitsAreSureAndNoMore(float extreme) {
        float[] emissions = new float[3 * CLASSES];
        Arrays.fill(emissions, -extreme);
        emissions[A] = extreme;
        emissions[CLASSES] = extreme;
        emissions[2 * CLASSES + B] = extreme;
        Hypothesis best = search(builder(), emissions).best();
        assertThat(best.text()).isEqualTo("ab");
        assertThat(best.score()).isCloseTo(0, within(1e-9));
        assertThat(best.words().get(0).confidence()).isEqualTo(1);
    }

    @Test
    void classesMayBeImpossible() {
        float[] emissions = new float[4 * CLASSES];
        Arrays.fill(emissions, Float.NEGATIVE_INFINITY);
        for (int frame = 0; frame < 4; frame++) {
            emissions[frame * CLASSES + A + frame % 2] = 0;
        }
        List<Hypothesis> nBest = search(builder().optNBest(5), emissions).nBest();
        assertThat(nBest).extracting(Hypothesis::text).containsExactly("abab");
        assertThat(nBest.get(0).score()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aLongToneIsOneToken() {
        int frames = 20_000;
        float[] emissions = new float[frames * CLASSES];
        for (int frame = 0; frame < frames; frame++) {
            emissions[frame * CLASSES + A] = 12;
        }
        Hypothesis best = search(builder(), emissions).best();
        assertThat(best.text()).isEqualTo("a");
        assertThat(best.tokens().get(0).startFrame()).isZero();
        assertThat(best.tokens().get(0).endFrame()).isEqualTo(frames);
    }

    @Test
    void noiseForMinutesHasATextWithTimes() {
        float[] emissions = Emissions.random(new Random(1), 20_000, CLASSES, 1);
        Hypothesis best = search(builder().optBeamWidth(5), emissions).best();
        assertThat(best.tokens().size()).isGreaterThan(1000);
        assertThat(best.tokens())
                .isSortedAccordingTo((a, b) -> a.endFrame() <= b.startFrame() ? -1 : 1);
    }

    @Test
    void bonusesAddUpOverLongTexts() {
        int[] ids = new int[8000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i % 2 == 0 ? A : SPACE;
        }
        Hypothesis best =
                search(builder().optWordInsertionBonus(9), Emissions.of(CLASSES, 40, ids)).best();
        assertThat(best.words()).hasSize(4000);
        assertThat(best.score()).isCloseTo(9 * 4000, within(1e-6));
        assertThat(best.acousticScore()).isCloseTo(0, within(1e-6));
    }

    @Test
    void specialTokensAreNeverDecoded() {
        Alphabet alphabet =
                Alphabet.builder().setTokens(List.of("<pad>", "<unk>", "<s>", "a", "|")).build();
        BeamSearchDecoder decoder = BeamSearchDecoder.builder().setAlphabet(alphabet).build();
        assertThat(decoder.decode(Emissions.of(5, 20, 1, 2, 3, 1, 2), 5).text()).isEqualTo("a");
        assertThat(decoder.decode(Emissions.of(5, 20, 1, 2, 1), 3).text()).isEmpty();
    }

    @Test
    void aTokenMayHoldManyWords() {
        Alphabet alphabet =
                Alphabet.builder()
                        .setTokens(List.of("-", "\u2581of\u2581the", "\u2581end"))
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder().setAlphabet(alphabet).optWordInsertionBonus(1).build();
        Hypothesis best = decoder.decode(Emissions.of(3, 30, 2, 1, 1), 3);
        assertThat(best.text()).isEqualTo("end of the");
        assertThat(best.score()).isCloseTo(3, within(1e-9));
        assertThat(best.words()).hasSize(3);
    }

    @Test
    void wordsThatTheAlphabetCannotSpellArePassedOver() {
        BeamSearchDecoder.Builder builder =
                builder().optLexicon(Lexicon.of(List.of("xyz", "ab", "na\u00efve")));
        assertThat(search(builder, said(5, A, B, B)).best().text()).isEqualTo("ab");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().optLexicon(Lexicon.of(List.of("xyz"))).build())
                .withMessageContaining("the alphabet can spell none of the 1 words");
    }

    @Test
    void aLexiconMendsWordsThatAreNotInIt() {
        BeamSearchDecoder.Builder builder =
                builder().optLexicon(Lexicon.of(List.of("abc", "ba"))).optNBest(9);
        List<Hypothesis> nBest = search(builder, said(3, A, B, SPACE, B, A)).nBest();
        assertThat(nBest).isNotEmpty();
        assertThat(nBest)
                .allSatisfy(
                        h ->
                                assertThat(h.words())
                                        .allMatch(w -> List.of("abc", "ba").contains(w.word())));
    }

    /** The beginning of a word is not returned as a word. */
    @Test
    void theResultIsEmptyIfNoWordOfTheLexiconFits() {
        BeamSearchDecoder.Builder builder =
                builder()
                        .optLexicon(Lexicon.of(List.of("abc")))
                        .optLanguageModel(SmallModels.WORDS)
                        .optHotwords(List.of(new Hotword("abc", 1)));
        BeamSearchResult result = search(builder, said(60, A, B));
        assertThat(result.isNothing()).isTrue();
        assertThat(result.nBest()).hasSize(1);
        assertThat(result.best().text()).isEmpty();
        assertThat(result.best().tokens()).isEmpty();
        assertThat(result.best().score()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(result.hotwords().get(0).status()).isEqualTo(HotwordOutcome.Status.NOT_FOUND);
        assertThat(search(builder, said(60, A, B, C)).isNothing()).isFalse();
        // Silence fits any lexicon.
        assertThat(search(builder, said(60, 0, 0)).isNothing()).isFalse();
    }

    /** The model is sure of "ac". The beginning "a" is likelier than "ab", but it is no word. */
    private static float[] misread(float c, float blank) {
        float[] emissions = said(60, A, 0, 0);
        emissions[CLASSES] = blank;
        emissions[CLASSES + C] = c;
        return emissions;
    }

    @Test
    void aWordThatFellBehindABeginningIsLookedForAgain() {
        BeamSearchDecoder.Builder builder = builder().optLexicon(Lexicon.of(List.of("ab")));
        float[] emissions = misread(50, 20);

        Hypothesis best = search(builder, emissions).best();

        assertThat(best.text()).isEqualTo("ab");
        assertThat(best.score()).isCloseTo(-50, within(1e-6));
        assertThat(search(builder().optLexicon(Lexicon.of(List.of("ab", "a"))), emissions).best())
                .extracting(Hypothesis::text)
                .isEqualTo("a");
    }

    @Test
    void noWordIsForcedOnWhatIsUnlikeAny() {
        BeamSearchDecoder.Builder builder = builder().optLexicon(Lexicon.of(List.of("ab")));
        float[] emissions = misread(60, 45);

        assertThat(search(builder, emissions).isNothing()).isTrue();
        assertThat(search(builder.optBeamThreshold(15), emissions).best().text()).isEqualTo("ab");
    }

    @Test
    void silenceIsNotTakenForWhatTheLexiconLacks() {
        BeamSearchDecoder.Builder builder = builder().optLexicon(Lexicon.of(List.of("abc")));

        assertThat(search(builder, said(15, A, B)).isNothing()).isTrue();
    }

    @Test
    void aStreamCannotLookAgain() {
        BeamSearchDecoder decoder = builder().optLexicon(Lexicon.of(List.of("ab"))).build();
        DecodeStream stream = decoder.openStream();
        stream.accept(misread(50, 20), 3);

        assertThat(stream.finish().isNothing()).isTrue();
    }

    /**
     * The model is sure and wrong: the tokens of the lexicon's words are below the pruning limit.
     */
    @Test
    void whatTheLexiconNeedsSurvivesPruning() {
        BeamSearchDecoder.Builder builder =
                builder().optLexicon(Lexicon.of(List.of("abc", "cab", "acc")));
        for (double margin : new double[] {5, 9, 20, 100}) {
            assertThat(search(builder, said(margin, 0, A, B, B, A)).best().text()).isEqualTo("abc");
        }
        builder.optTokenTopK(1);
        assertThat(search(builder, said(3, A, B, A)).best().text()).isEqualTo("abc");
    }

    /** A user's report: a weight of 100 for a word that was not said deleted the others. */
    @Test
    void aHotwordThatWasNotSaidChangesNothing() {
        float[] emissions = said(8, A, SPACE, B, A, SPACE, C, C, B);
        String without = search(builder(), emissions).best().text();
        for (double weight : new double[] {1, 5, 20, 100, 500}) {
            BeamSearchResult result =
                    search(builder().optHotwords(List.of(new Hotword("cab", weight))), emissions);
            assertThat(result.best().text()).isEqualTo(without);
            assertThat(result.hotwords().get(0).status())
                    .isNotEqualTo(HotwordOutcome.Status.APPLIED);
        }
    }

    @Test
    void theExplanationTellsWhenAWeightIsTheGreatest() {
        float[] emissions = said(1.5, A, A, B);
        BeamSearchDecoder.Builder builder =
                builder()
                        .optHotwords(List.of(new Hotword("cc", 50)))
                        .optTokenMinLogProbability(-30);
        assertThat(search(builder, emissions).hotwords().get(0).explanation())
                .contains("it gains 2.0, the most for a phrase of its length");
    }

    private static HotwordOutcome outcome(
            String phrase, double weight, UnaryOperator<BeamSearchDecoder.Builder> options) {
        BeamSearchDecoder.Builder builder =
                options.apply(builder().optHotwords(List.of(new Hotword(phrase, weight))));
        return search(builder, said(4, A, SPACE, B, 0, A, 0)).hotwords().get(0);
    }

    @Test
    void everyHotwordHasAnOutcome() {
        HotwordOutcome applied = outcome("a ba", 1, b -> b);
        assertThat(applied.status()).isEqualTo(Status.APPLIED);
        assertThat(applied.explanation()).contains("frames 0 to 5");
        assertThat(applied.occurrences()).hasSize(1);
        assertThat(outcome("c", 1, b -> b).status()).isEqualTo(Status.OUTSCORED);
        assertThat(outcome("abcabcabc", 1, b -> b).status()).isEqualTo(Status.NOT_FOUND);
        HotwordOutcome unspellable = outcome("xa", 1, b -> b);
        assertThat(unspellable.status()).isEqualTo(Status.NOT_IN_ALPHABET);
        assertThat(unspellable.explanation()).contains("\"x\" (U+0078)");
        HotwordOutcome missing =
                outcome("a c", 1, b -> b.optLexicon(Lexicon.of(List.of("a", "ba"))));
        assertThat(missing.status()).isEqualTo(Status.NOT_IN_LEXICON);
        assertThat(missing.explanation()).contains("\"c\"");
    }

    /** Chinese has no spaces: the line is one word, and the hotword a part of it. */
    @Test
    void hotwordsMatchAnywhereWhereWordsAreJoined() {
        Alphabet chinese = Alphabet.ofCharacters("广州市房地产中介芳帝");
        float[] emissions = Emissions.of(chinese.size(), 6, chinese.encode("广州市芳帝产中介"));
        for (int frame = 3; frame <= 4; frame++) {
            emissions[frame * chinese.size() + chinese.encode("房地")[frame - 3]] = 5;
        }
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder().setAlphabet(chinese);
        assertThat(builder.build().decode(emissions, 8).text()).isEqualTo("广州市芳帝产中介");
        BeamSearchResult result =
                builder.optHotwords(List.of(new Hotword("房地产", 3), new Hotword("州", 1)))
                        .build()
                        .search(emissions, 8);
        assertThat(result.best().text()).isEqualTo("广州市房地产中介");
        HotwordOutcome phrase = result.hotwords().get(0);
        assertThat(phrase.status()).isEqualTo(Status.APPLIED);
        assertThat(phrase.explanation()).endsWith("at frames 3 to 6");
        WordSpan span = phrase.occurrences().get(0).get(0);
        assertThat(span.word()).isEqualTo("房地产");
        assertThat(span.startFrame()).isEqualTo(3);
        assertThat(span.endFrame()).isEqualTo(6);
        assertThat(span.logProbability())
                .isCloseTo(
                        result.best().tokens().subList(3, 6).stream()
                                .mapToDouble(TokenSpan::logProbability)
                                .sum(),
                        within(1e-12));
        assertThat(result.hotwords().get(1).explanation()).endsWith("at frames 1 to 2");
    }

    @Test
    void hotwordsInJoinedWordsHaveOutcomesToo() {
        Alphabet pieces = Alphabet.builder().setTokens(List.of("-", "市房", "房", "地")).build();
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(pieces)
                        .optHotwords(
                                List.of(
                                        new Hotword("房市房", 1),
                                        new Hotword("地房", 1),
                                        new Hotword("地地地", 1),
                                        new Hotword("房 房", 1)))
                        .build();
        BeamSearchResult result = decoder.search(Emissions.of(4, 4, 1, 0, 1, 0, 1), 5);
        assertThat(result.best().text()).isEqualTo("市房市房市房");
        assertThat(result.hotwords())
                .extracting(HotwordOutcome::status)
                .containsExactly(
                        Status.APPLIED, Status.OUTSCORED, Status.NOT_FOUND, Status.NOT_IN_ALPHABET);
        // Twice, overlapping, at the frames of the tokens that the phrase is a part of.
        assertThat(result.hotwords().get(0).occurrences())
                .allSatisfy(spans -> assertThat(spans).hasSize(1))
                .extracting(spans -> spans.get(0).startFrame() + "-" + spans.get(0).endFrame())
                .containsExactly("0-3", "2-5");
    }

    @Test
    void aHotwordThatTheLanguageModelLacksIsApplied() {
        UnaryOperator<BeamSearchDecoder.Builder> withModel =
                b -> b.optLanguageModel(SmallModels.WORDS).optLanguageModelWeight(0.3);
        assertThat(outcome("a bca", 0, withModel).status()).isNotEqualTo(Status.APPLIED);
        assertThat(outcome("a bca", 12, withModel).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void anUnwantedPhraseIsAvoided() {
        assertThat(outcome("a ba", 0, b -> b).status()).isEqualTo(Status.APPLIED);
        assertThat(outcome("a ba", -20, b -> b).status()).isEqualTo(Status.OUTSCORED);
    }

    @Test
    void settingsOutOfTheirRangeAreRefused() {
        BeamSearchDecoder.Builder builder = builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optBeamWidth(0))
                .withMessageContaining("beam width must be 1 or more, but is 0");
        for (double bad : new double[] {0, -1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.optBeamThreshold(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optTokenTopK(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optTokenMinLogProbability(0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optTokenMinLogProbability(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optNBest(0));
        for (double bad : new double[] {-0.1, 100.1, 1e30, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.optLanguageModelWeight(bad))
                    .withMessageContaining("must be from 0 to 100, but is " + bad);
        }
        for (double bad : new double[] {0.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.optEmptyWordScore(bad));
        }
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, -1e30, 500.1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.optCharacterInsertionBonus(bad))
                    .withMessageContaining("must be from -500 to 500, but is " + bad);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.optWordInsertionBonus(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.optUnknownWordScore(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> new Hotword("a", bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Hotword(" \u00a0", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                builder()
                                        .optWordInsertionBonus(300)
                                        .optCharacterInsertionBonus(300)
                                        .build())
                .withMessageContaining("bonuses are natural logarithms");
        assertThatNullPointerException()
                .isThrownBy(() -> BeamSearchDecoder.builder().build())
                .withMessageContaining("setAlphabet");
        assertThatThrownBy(() -> builder.optLexicon(null)).isInstanceOf(NullPointerException.class);
    }
}
