package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleCheck;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/** What is taken, and what is left, make what there would be had nothing been taken. */
class StableTextTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|ab");
    private static final Alphabet CHINESE = Alphabet.ofCharacters("市房地");

    /** Pieces that begin words, end them, do both, or have a word's end within. */
    private static final Alphabet PIECES =
            Alphabet.builder().setTokens(List.of("-", "▁a", "b", "▁", "a▁b", "▁ab▁")).build();

    private static final List<String> WORDS = List.of("a", "ab", "ba", "bab");

    private static BeamSearchDecoder decoder(Random random) {
        BeamSearchDecoder.Builder builder =
                BeamSearchDecoder.builder()
                        .optBeamWidth(1 + random.nextInt(20))
                        .optBeamThreshold(1 + random.nextInt(10))
                        .optNBest(5);
        if (random.nextBoolean()) {
            builder.optMinimumBayesRisk(2 + random.nextInt(10));
        }
        switch (random.nextInt(5)) {
            case 0 -> builder.setAlphabet(LETTERS).optLanguageModel(SmallModels.WORDS);
            case 1 -> builder.setAlphabet(LETTERS).optLexicon(Lexicon.of(WORDS));
            case 2 -> builder.setAlphabet(PIECES);
            case 3 -> builder.setAlphabet(CHINESE);
            default -> builder.setAlphabet(CHINESE).optLexicon(Lexicon.of(List.of("市", "房市", "地")));
        }
        return builder.build();
    }

    private static final class Taken {

        private final List<TokenSpan> tokens = new ArrayList<>();
        private final List<WordSpan> words = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        void add(String text, List<TokenSpan> moreTokens, List<WordSpan> moreWords) {
            tokens.addAll(moreTokens);
            words.addAll(moreWords);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }

        String text(Alphabet alphabet) {
            return String.join(alphabet.joinsWords() ? "" : " ", texts);
        }
    }

    private static Taken decode(
            BeamSearchDecoder decoder, float[] emissions, Random random, Taken taken) {
        int classes = decoder.alphabet().size();
        int frames = emissions.length / classes;
        DecodeStream stream = decoder.openStream();
        for (int from = 0; from < frames; ) {
            int to = Math.min(frames, from + 1 + random.nextInt(10));
            stream.accept(Emissions.frames(emissions, classes, from, to), to - from);
            from = to;
            if (random.nextBoolean()) {
                assertTextsGoOn(stream.partialResult(), taken, stream, decoder.alphabet());
            }
        }
        Hypothesis rest = stream.finish().best();
        taken.add(rest.text(), rest.tokens(), rest.words());
        return taken;
    }

    /** To take text changes nothing of all that is there: taken, stable and best. */
    private static void assertTextsGoOn(
            PartialResult before, Taken taken, DecodeStream stream, Alphabet alphabet) {
        StableText part = stream.takeStable();
        assertThat(before.stableText()).startsWith(part.text());
        taken.add(part.text(), part.tokens(), part.words());
        PartialResult after = stream.partialResult();
        assertThat(joined(alphabet, part.text(), after.stableText()))
                .isEqualTo(before.stableText());
        assertThat(joined(alphabet, part.text(), after.text())).isEqualTo(before.text());
        assertThat(stream.takeStable().tokens()).isEmpty();
    }

    private static String joined(Alphabet alphabet, String one, String other) {
        boolean space = !alphabet.joinsWords() && !one.isEmpty() && !other.isEmpty();
        return one + (space ? " " : "") + other;
    }

    @Property(tries = 500, seed = "3")
    void takenPartsAndTheRestMakeTheWhole(@ForAll @IntRange(max = 120) int frames, @ForAll long s) {
        Random random = new Random(s);
        BeamSearchDecoder decoder = decoder(random);
        Alphabet alphabet = decoder.alphabet();
        float[] emissions = Emissions.random(random, frames, alphabet.size(), 4);
        // Not decode, which looks again where nothing is left.
        DecodeStream untouched = decoder.openStream();
        untouched.accept(emissions, frames);
        Hypothesis whole = untouched.finish().best();

        Taken taken = decode(decoder, emissions, random, new Taken());

        if (whole.isNothing()) {
            return;
        }
        assertThat(taken.text(alphabet)).isEqualTo(whole.text());
        assertThat(taken.tokens).hasSameSizeAs(whole.tokens());
        for (int i = 0; i < taken.tokens.size(); i++) {
            assertIsToken(taken.tokens.get(i), whole.tokens().get(i));
        }
        if (!alphabet.joinsWords()) {
            assertThat(taken.words).hasSameSizeAs(whole.words());
            for (int i = 0; i < taken.words.size(); i++) {
                assertIsWord(taken.words.get(i), whole.words().get(i));
            }
        }
    }

    private static void assertIsToken(TokenSpan actual, TokenSpan expected) {
        assertThat(actual.confidence()).isCloseTo(expected.confidence(), within(1e-9));
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("confidence")
                .isEqualTo(expected);
    }

    private static void assertIsWord(WordSpan actual, WordSpan expected) {
        assertThat(actual.confidence()).isCloseTo(expected.confidence(), within(1e-9));
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("confidence")
                .isEqualTo(expected);
    }

    @Test
    void theRestHasTheOtherHypothesesAndTheScoresOfTheWhole() {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder().setAlphabet(LETTERS).optNBest(3).build();
        float[] sure = Emissions.of(4, 20, 2, 3, 1, 3, 0, 2, 1);
        float[] unsure = Emissions.of(4, 2, 2, 0, 3);
        DecodeStream whole = decoder.openStream();
        DecodeStream stream = decoder.openStream();
        for (DecodeStream each : List.of(whole, stream)) {
            each.accept(sure, 7);
            each.accept(unsure, 3);
        }
        assertThat(stream.takeStable().text()).isEqualTo("ab");

        List<Hypothesis> rest = stream.finish().nBest();
        List<Hypothesis> all = whole.finish().nBest();

        assertThat(rest).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat("ab " + rest.get(i).text()).isEqualTo(all.get(i).text());
            assertThat(rest.get(i).score()).isEqualTo(all.get(i).score());
        }
    }

    @Test
    void hotwordsAreReportedOfTheRest() {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(LETTERS)
                        .optHotwords(List.of(new Hotword("ab", 1), new Hotword("bb", 1)))
                        .build();
        DecodeStream stream = decoder.openStream();
        stream.accept(Emissions.of(4, 20, 2, 3, 1, 3, 0), 5);
        assertThat(stream.takeStable().text()).isEqualTo("ab");
        stream.accept(Emissions.of(4, 20, 3), 1);
        assertThat(stream.finish().hotwords())
                .extracting(HotwordOutcome::status)
                .containsExactly(HotwordOutcome.Status.NOT_FOUND, HotwordOutcome.Status.APPLIED);
    }

    @Test
    void nothingIsTakenOfAFinishedStream() {
        DecodeStream stream = decoder(new Random(1)).openStream();
        assertThat(stream.takeStable()).isEqualTo(new StableText("", List.of(), List.of()));
        stream.finish();
        assertThatIllegalStateException().isThrownBy(stream::takeStable);
    }

    private static BeamSearch search() {
        SearchOptions options =
                new SearchOptions(
                        LETTERS,
                        EmissionScale.LOGITS,
                        new Pruning(20, 10, Integer.MAX_VALUE, -7),
                        new TextWeights(null, LanguageModelUnit.WORD, 0, 0, 0, 0, 0, true),
                        null,
                        1,
                        1);
        return new BeamSearch(
                options, new TextScorer(options, new TokenTexts(LETTERS), null, null));
    }

    private static DecodeStream stream(BeamSearch search, int undecidedFrames) {
        return new DecodeStream(
                BeamSearchDecoder.builder().setAlphabet(LETTERS).build(),
                undecidedFrames,
                new EmissionScaleCheck(EmissionScale.LOGITS),
                search);
    }

    private static float[] minute(Random random) {
        String text =
                random.ints(200, 0, 3)
                        .mapToObj(i -> List.of("aba", "bb", "abab").get(i))
                        .collect(Collectors.joining(" "));
        return Emissions.speech(random, LETTERS, text + " ", 1.5);
    }

    /** The best text of equals stays, and all that is said later is told apart from it no more. */
    @Test
    void whatIsOldIsDecided() {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder().setAlphabet(LETTERS).optNBest(9).build();
        DecodeStream stream = decoder.openStream(59);
        float[] aOrB = {0, 0, 10, 9.9f};
        stream.accept(aOrB, 1);
        stream.accept(Emissions.of(4, 20, words(19)), 57);
        assertThat(stream.partialResult().stableText()).isEmpty();

        stream.accept(Emissions.of(4, 20, 1, 2, 3), 3);

        assertThat(stream.partialResult().stableText()).isEqualTo("a" + " ab".repeat(19));
        assertThat(stream.takeStable().text()).isEqualTo("a" + " ab".repeat(19));
        assertThat(stream.finish().best().text()).isEqualTo("ab");
    }

    private static int[] words(int count) {
        int[] path = new int[3 * count];
        for (int i = 0; i < path.length; i++) {
            path[i] = 1 + i % 3;
        }
        return path;
    }

    @Test
    void nothingIsDecidedInMinutesByDefault() {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder().setAlphabet(LETTERS).optBeamWidth(4).build();
        float[] aOrB = {0, 0, 10, 9.9f};
        for (DecodeStream stream :
                List.of(decoder.openStream(), decoder.openStream(Integer.MAX_VALUE))) {
            stream.accept(aOrB, 1);
            stream.accept(Emissions.of(4, 20, words(1990)), 3 * 1990);
            assertThat(stream.partialResult().stableText()).isEmpty();
            stream.accept(Emissions.of(4, 20, words(300)), 900);
        }
    }

    /** What is about as likely may be read otherwise, nothing else. */
    @Property(tries = 10, seed = "4")
    void decisionsChangeLittle(@ForAll long seed) {
        float[] emissions = minute(new Random(seed));
        int frames = emissions.length / 4;
        BeamSearchDecoder decoder = BeamSearchDecoder.builder().setAlphabet(LETTERS).build();
        DecodeStream stream = decoder.openStream(50);
        for (int from = 0; from < frames; from += 7) {
            int to = Math.min(frames, from + 7);
            stream.accept(Emissions.frames(emissions, 4, from, to), to - from);
        }
        String text = stream.finish().best().text();
        String expected = decoder.decode(emissions, frames).text();
        assertThat(ErrorRates.words(expected, text).errors()).isLessThan(6);
    }

    @Test
    void oneFrameAtLeastIsUndecided() {
        BeamSearchDecoder decoder = decoder(new Random(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.openStream(0))
                .withMessageStartingWith("the undecided frames must be");
    }

    private static void accept(DecodeStream stream, float[] emissions) {
        for (int from = 0; from < emissions.length / 4; from += 50) {
            int to = Math.min(emissions.length / 4, from + 50);
            stream.accept(Emissions.frames(emissions, 4, from, to), to - from);
        }
    }

    /** More than an hour of frames; of the text, tree and history keep what is not decided. */
    @Test
    void memoryDoesNotGrowWithTheText() {
        BeamSearch search = search();
        DecodeStream stream = stream(search, 100);
        Random random = new Random(1);
        int taken = 0;
        for (int minute = 0; minute < 67; minute++) {
            accept(stream, minute(random));
            accept(stream, Emissions.of(4, 9, new int[500]));
            accept(stream, Emissions.of(4, 9, 1));
            if (minute >= 20) {
                taken += stream.takeStable().words().size();
                assertThat(search.stable().tokens().size()).isLessThan(10);
            }
            assertThat(search.tree().size()).isLessThan(8192);
            assertThat(search.history().size()).isLessThan(8192);
        }
        assertThat(search.frames()).isGreaterThan(150_000);
        assertThat(taken + stream.finish().best().words().size()).isBetween(67 * 195, 67 * 205);
    }

    @Test
    void textThatIsNotTakenIsThereAtTheEnd() {
        BeamSearch search = search();
        DecodeStream stream = stream(search, 6000);
        Random random = new Random(1);
        int letters = 0;
        for (int minute = 0; minute < 20; minute++) {
            float[] speech = minute(random);
            letters += speech.length / 12;
            stream.accept(speech, speech.length / 4);
        }
        // Memory may double before unused nodes are removed.
        assertThat(search.tree().size()).isLessThan(4 * letters + 3 * 4096);
        assertThat(search.history().size()).isLessThan(4 * letters + 3 * 4096);
        Hypothesis best = stream.finish().best();
        assertThat(best.words()).hasSizeBetween(20 * 195, 20 * 205);
        assertThat(best.tokens())
                .isSortedAccordingTo((a, b) -> a.endFrame() <= b.startFrame() ? -1 : 1);
    }
}
