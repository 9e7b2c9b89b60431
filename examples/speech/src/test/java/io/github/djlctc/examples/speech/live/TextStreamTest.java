package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.PartialResult;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class TextStreamTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" AB");

    @Property(tries = 100, seed = "1")
    void whatIsStableStaysAndTheEndIsThatOfTheWhole(
            @ForAll @IntRange(max = 60) int frames,
            @ForAll @IntRange(min = 1, max = 9) int part,
            @ForAll long seed) {
        int classes = ALPHABET.size();
        Random random = new Random(seed);
        float[] logits = new float[frames * classes];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        for (CTCDecoder decoder :
                List.of(
                        new GreedyDecoder(ALPHABET),
                        BeamSearchDecoder.builder().setAlphabet(ALPHABET).build())) {
            TextStream stream = TextStream.of(decoder);
            String stable = "";
            for (int from = 0; from < frames; from += part) {
                int to = Math.min(frames, from + part);
                stream.accept(Arrays.copyOfRange(logits, from * classes, to * classes), to - from);
                PartialResult now = stream.soFar();
                assertThat(now.stableText()).startsWith(stable);
                assertThat(now.text()).startsWith(now.stableText());
                stable = now.stableText();
            }

            Hypothesis end = stream.finish();
            assertThat(end.text()).startsWith(stable);
            assertThat(end).isEqualTo(decoder.decode(logits, frames));
        }
    }
}
