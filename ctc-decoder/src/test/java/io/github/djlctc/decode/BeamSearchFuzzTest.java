package io.github.djlctc.decode;

import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** For any settings and emissions, the result is valid or the error is typed. */
class BeamSearchFuzzTest {

    private static final List<Alphabet> ALPHABETS =
            List.of(
                    Alphabet.ofCharacters("|ab"),
                    Alphabet.ofCharacters("abc"),
                    Alphabet.builder()
                            .setTokens(List.of("<pad>", "<unk>", "a", "|", "<s>", "b"))
                            .build(),
                    Alphabet.builder()
                            .setTokens(
                                    List.of(
                                            "-",
                                            "\u2581",
                                            "\u2581a",
                                            "b",
                                            "\u2581a\u2581b",
                                            "b\u2581",
                                            "\u2581b",
                                            "a"))
                            .optSubwords(SubwordStyle.SENTENCEPIECE)
                            .build(),
                    Alphabet.builder()
                            .setTokens(List.of("a", "##a", "##b", "b", "[PAD]"))
                            .optBlank(4)
                            .optSubwords(SubwordStyle.WORDPIECE)
                            .build());

    private static final float[] EXTREMES = {
        Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, Float.MAX_VALUE, -1e4f, 1e4f, 0, -0f, 100
    };

    @Property(tries = 10_000, seed = "1", shrinking = ShrinkingMode.OFF)
    void resultsAreSound(@ForAll long seed) {
        Random random = new Random(seed);
        Alphabet alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
        int frames = random.nextInt(30);
        float[] emissions = emissions(random, frames, alphabet.size());
        BeamSearchDecoder decoder = decoder(random, alphabet);
        boolean broken = isBroken(emissions, frames, alphabet.size());
        BeamSearchResult result;
        try {
            result = decoder.search(emissions, frames);
        } catch (InvalidEmissionException e) {
            assertThat(broken).isTrue();
            return;
        }
        assertThat(broken).isFalse();
        assertSound(result, alphabet, frames);
        assertThat(decoder.search(emissions, frames)).isEqualTo(result);
    }

    private static float[] emissions(Random random, int frames, int classes) {
        float[] emissions = Emissions.random(random, frames, classes, random.nextInt(8));
        double extreme = random.nextInt(3) == 0 ? random.nextDouble() : 0;
        for (int i = 0; i < emissions.length; i++) {
            if (random.nextDouble() < extreme) {
                emissions[i] = EXTREMES[random.nextInt(EXTREMES.length)];
            } else if (random.nextInt(5000) == 0) {
                emissions[i] = random.nextBoolean() ? Float.NaN : Float.POSITIVE_INFINITY;
            }
        }
        return emissions;
    }

    private static boolean isBroken(float[] emissions, int frames, int classes) {
        for (int frame = 0; frame < frames; frame++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < classes; i++) {
                max = Math.max(max, emissions[frame * classes + i]);
            }
            if (!Float.isFinite(max)) {
                return true;
            }
        }
        return false;
    }

    private static BeamSearchDecoder decoder(Random random, Alphabet alphabet) {
        BeamSearchDecoder.Builder builder =
                BeamSearchDecoder.builder()
                        .setAlphabet(alphabet)
                        .optBeamWidth(1 + random.nextInt(1 << random.nextInt(7)))
                        .optNBest(1 + random.nextInt(20));
        if (random.nextBoolean()) {
            double threshold = random.nextInt(20) + 0.01;
            builder.optBeamThreshold(random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : threshold);
        }
        if (random.nextInt(3) == 0) {
            builder.optTokenTopK(1 + random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            builder.optTokenMinLogProbability(
                    random.nextBoolean() ? Double.NEGATIVE_INFINITY : -random.nextInt(9));
        }
        if (random.nextBoolean()) {
            LanguageModelUnit[] units = LanguageModelUnit.values();
            builder.optLanguageModel(random.nextBoolean() ? SmallModels.WORDS : SmallModels.TOKENS)
                    .optLanguageModelUnit(units[random.nextInt(units.length)])
                    .optLanguageModelWeight(random.nextInt(4) * random.nextDouble())
                    .optUnknownWordScore(10 * random.nextGaussian());
            if (random.nextBoolean()) {
                builder.optNoSentenceEnd();
            }
        }
        if (random.nextInt(3) == 0) {
            builder.optLexicon(Lexicon.of(List.of("ab", "a", "bba", "xyz")));
        }
        if (random.nextInt(3) == 0) {
            builder.optHotwords(
                    List.of(
                            new Hotword("a b", 10 * random.nextGaussian()),
                            new Hotword("b", random.nextGaussian()),
                            new Hotword("ab", 10 * random.nextGaussian()),
                            new Hotword("x", 1)));
        }
        if (random.nextInt(3) == 0) {
            builder.optWordInsertionBonus(5 * random.nextGaussian());
        }
        return builder.build();
    }

    private static void assertSound(BeamSearchResult result, Alphabet alphabet, int frames) {
        assertThat(result.nBest()).isNotEmpty();
        assertThat(result.nBest())
                .isSortedAccordingTo(Comparator.comparingDouble(Hypothesis::score).reversed());
        assertThat(result.nBest()).extracting(Hypothesis::text).doesNotHaveDuplicates();
        if (result.isNothing()) {
            assertThat(result.nBest()).singleElement().extracting(Hypothesis::text).isEqualTo("");
            return;
        }
        for (Hypothesis hypothesis : result.nBest()) {
            assertThat(hypothesis.score()).isFinite();
            assertThat(hypothesis.acousticScore()).isLessThan(1e-6);
            assertThat(hypothesis.text()).isEqualTo(alphabet.decode(hypothesis.ids()));
            int end = 0;
            for (TokenSpan token : hypothesis.tokens()) {
                assertThat(token.startFrame()).isGreaterThanOrEqualTo(end);
                end = token.endFrame();
            }
            assertOrdered(hypothesis.tokens(), frames);
            assertOrdered(hypothesis.words(), frames);
            for (TokenSpan token : hypothesis.tokens()) {
                assertThat(token.confidence()).isBetween(0.0, 1.0);
            }
            for (WordSpan word : hypothesis.words()) {
                assertThat(word.confidence()).isBetween(0.0, 1.0);
            }
        }
    }

    /** Words of one token have the same frames. */
    private static void assertOrdered(List<? extends FrameSpan> spans, int frames) {
        int start = 0;
        int end = 0;
        for (FrameSpan span : spans) {
            assertThat(span.startFrame()).isGreaterThanOrEqualTo(start);
            assertThat(span.endFrame()).isBetween(Math.max(end, span.startFrame() + 1), frames);
            start = span.startFrame();
            end = span.endFrame();
        }
    }
}
