package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The result does not depend on how the emissions are divided. */
class DecodeStreamTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|ab");
    private static final int CLASSES = LETTERS.size();

    private static BeamSearchDecoder decoder(Random random) {
        BeamSearchDecoder.Builder builder =
                BeamSearchDecoder.builder()
                        .setAlphabet(LETTERS)
                        .optBeamWidth(1 + random.nextInt(20))
                        .optNBest(5)
                        .optHotwords(List.of(new Hotword("a b", 1)));
        if (random.nextBoolean()) {
            builder.optMinimumBayesRisk(2 + random.nextInt(20));
        }
        return random.nextBoolean()
                ? builder.optLanguageModel(SmallModels.WORDS).build()
                : builder.build();
    }

    @Property(tries = 300, seed = "1")
    void howTheInputIsCutChangesNothing(@ForAll @IntRange(max = 80) int frames, @ForAll long seed) {
        Random random = new Random(seed);
        BeamSearchDecoder decoder = decoder(random);
        float[] emissions = Emissions.random(random, frames, CLASSES, 3);
        BeamSearchResult expected = decoder.search(emissions, frames);
        DecodeStream stream = decoder.openStream();
        String stable = "";
        for (int from = 0; from < frames; ) {
            int to = Math.min(frames, from + random.nextInt(10));
            stream.accept(Emissions.frames(emissions, CLASSES, from, to), to - from);
            from = to;
            if (random.nextBoolean()) {
                PartialResult partial = stream.partialResult();
                assertIsAtWordsOf(stable, partial.stableText());
                assertThat(partial.text()).startsWith(partial.stableText());
                stable = partial.stableText();
            }
        }
        assertThat(stream.finish()).isEqualTo(expected);
        for (Hypothesis hypothesis : expected.nBest()) {
            assertIsAtWordsOf(stable, hypothesis.text());
        }
    }

    /** Later texts begin with the words of the stable text. */
    private static void assertIsAtWordsOf(String stable, String later) {
        assertThat(later + " ").startsWith(stable.isEmpty() ? "" : stable + " ");
    }

    @Test
    void wordsBecomeStableWhileSpeechGoesOn() {
        DecodeStream stream = decoder(new Random(1)).openStream();
        assertThat(stream.partialResult()).isEqualTo(new PartialResult("", ""));
        stream.accept(Emissions.of(CLASSES, 20, 2, 3, 1, 3, 0, 2, 1, 2), 8);
        assertThat(stream.partialResult()).isEqualTo(new PartialResult("ab ba", "ab ba a"));
        stream.accept(Emissions.of(CLASSES, 20, 3, 3, 1, 0), 4);
        assertThat(stream.partialResult()).isEqualTo(new PartialResult("ab ba ab", "ab ba ab"));
        assertThat(stream.finish().best().text()).isEqualTo("ab ba ab");
    }

    /** Characters, or pieces of several characters, without a delimiter. */
    private static BeamSearchDecoder decoderOfJoinedWords(Random random) {
        Alphabet alphabet =
                random.nextBoolean()
                        ? Alphabet.ofCharacters("市房地")
                        : Alphabet.builder().setTokens(List.of("-", "市", "市房", "房市")).build();
        BeamSearchDecoder.Builder builder =
                BeamSearchDecoder.builder()
                        .setAlphabet(alphabet)
                        .optBeamWidth(1 + random.nextInt(20))
                        .optNBest(5)
                        .optHotwords(List.of(new Hotword("市房", 2)));
        if (random.nextBoolean()) {
            builder.optLanguageModel(SmallModels.TOKENS)
                    .optLanguageModelUnit(LanguageModelUnit.TOKEN);
        }
        return builder.build();
    }

    @Property(tries = 300, seed = "2")
    void stableCharactersNeverChange(@ForAll @IntRange(max = 80) int frames, @ForAll long seed) {
        Random random = new Random(seed);
        BeamSearchDecoder decoder = decoderOfJoinedWords(random);
        float[] emissions = Emissions.random(random, frames, CLASSES, 5);
        DecodeStream stream = decoder.openStream();
        String stable = "";
        for (int frame = 0; frame < frames; frame++) {
            stream.accept(Emissions.frames(emissions, CLASSES, frame, frame + 1), 1);
            PartialResult partial = stream.partialResult();
            assertThat(partial.stableText()).startsWith(stable);
            assertThat(partial.text()).startsWith(partial.stableText());
            stable = partial.stableText();
        }
        for (Hypothesis hypothesis : stream.finish().nBest()) {
            assertThat(hypothesis.text()).startsWith(stable);
        }
    }

    @Test
    void charactersBecomeStableWhereWordsAreJoined() {
        Alphabet chinese = Alphabet.ofCharacters("广州市房地产");
        DecodeStream stream = BeamSearchDecoder.builder().setAlphabet(chinese).build().openStream();
        for (String text : List.of("广州市", "房地产")) {
            float[] emissions = Emissions.of(chinese.size(), 20, chinese.encode(text));
            stream.accept(emissions, text.length());
        }
        assertThat(stream.partialResult()).isEqualTo(new PartialResult("广州市房地产", "广州市房地产"));
        assertThat(stream.finish().best().text()).isEqualTo("广州市房地产");
    }

    @Test
    void aStreamOfNothingHasAnEmptyText() {
        assertThat(decoder(new Random(1)).openStream().finish().best().text()).isEmpty();
    }

    @Test
    void aFinishedStreamTakesNothingMore() {
        DecodeStream stream = decoder(new Random(1)).openStream();
        stream.finish();
        assertThatIllegalStateException()
                .isThrownBy(() -> stream.accept(new float[CLASSES], 1))
                .withMessageContaining("open another");
        assertThatIllegalStateException().isThrownBy(stream::partialResult);
        assertThatIllegalStateException().isThrownBy(stream::finish);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aChunkWithABrokenFrameIsRefusedAsAWhole(float value) {
        BeamSearchDecoder decoder = decoder(new Random(1));
        float[] emissions = Emissions.random(new Random(1), 9, CLASSES, 2);
        DecodeStream stream = decoder.openStream();
        stream.accept(Emissions.frames(emissions, CLASSES, 0, 4), 4);
        float[] broken = Emissions.frames(emissions, CLASSES, 4, 8);
        broken[2 * CLASSES + 1] = value;
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> stream.accept(broken, 4))
                    .isInstanceOf(InvalidEmissionException.class)
                    .hasMessageStartingWith("frame 6: ");
        }
        stream.accept(Emissions.frames(emissions, CLASSES, 4, 9), 5);
        assertThat(stream.finish()).isEqualTo(decoder.search(emissions, 9));
    }

    @Test
    void aFrameOfMinusInfinityAloneIsRefusedWithItsChunk() {
        DecodeStream stream = decoder(new Random(1)).openStream();
        float[] chunk = Emissions.random(new Random(1), 2, CLASSES, 2);
        Arrays.fill(chunk, CLASSES, 2 * CLASSES, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> stream.accept(chunk, 2))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("frame 1: ");
        assertThat(stream.finish().best().tokens()).isEmpty();
    }

    @Test
    void aRefusedChunkShowsNothingAboutTheScale() {
        DecodeStream stream = decoder(new Random(1)).openStream();
        float[] logitsAndNaN = Emissions.random(new Random(1), 2, CLASSES, 2);
        logitsAndNaN[CLASSES] = Float.NaN;
        assertThatThrownBy(() -> stream.accept(logitsAndNaN, 2))
                .isInstanceOf(InvalidEmissionException.class);
        float[] probabilities = new float[CLASSES];
        probabilities[1] = 1;
        assertThatThrownBy(() -> stream.accept(probabilities, 1))
                .isInstanceOf(EmissionScaleException.class);
    }

    @Test
    void aWrongSizeIsRefusedAndNothingIsTaken() {
        DecodeStream stream = decoder(new Random(1)).openStream();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.accept(new float[2 * CLASSES - 1], 2))
                .withMessageContaining("2 frames hold 7 values");
        assertThatIllegalArgumentException().isThrownBy(() -> stream.accept(new float[0], -1));
        assertThat(stream.finish().best().tokens()).isEmpty();
    }
}
