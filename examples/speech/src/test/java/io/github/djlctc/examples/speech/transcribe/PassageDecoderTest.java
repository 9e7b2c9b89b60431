package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class PassageDecoderTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" AB");
    private static final FrameScale TENTHS = FrameScale.seconds(0.1);
    private static final float SURE = 60;

    /** Decodes frames of a letter each, a dot for a blank, that begin one second into the sound. */
    private static Optional<Segment> decode(
            CTCDecoder decoder, String frames, double soundSeconds) {
        int classes = ALPHABET.size();
        float[] logits = new float[frames.length() * classes];
        for (int i = 0; i < frames.length(); i++) {
            char letter = frames.charAt(i);
            int id = letter == '.' ? ALPHABET.blank() : ALPHABET.encode(String.valueOf(letter))[0];
            logits[i * classes + id] = SURE;
        }
        return new PassageDecoder(decoder, TENTHS)
                .decode(new Passage(logits, frames.length(), 10), soundSeconds);
    }

    private static CTCDecoder withLexicon(String word) {
        return BeamSearchDecoder.builder()
                .setAlphabet(ALPHABET)
                .optLexicon(Lexicon.of(List.of(word)))
                .build();
    }

    @Test
    void givesTimesOfTheSoundThatDoNotReachBeyondIt() {
        Segment segment = decode(new GreedyDecoder(ALPHABET), "..A.B", 1.45).orElseThrow();

        assertThat(segment.text()).isEqualTo("AB");
        assertThat(segment.start()).isEqualTo(1.2);
        assertThat(segment.end()).isEqualTo(1.45);
    }

    @Test
    void findsNoSegmentWhereNoWordIs() {
        assertThat(decode(new GreedyDecoder(ALPHABET), "....", 2)).isEmpty();
        assertThat(decode(withLexicon("AB"), "....", 2)).isEmpty();
    }

    @Test
    void tellsThatNothingFitsTheLexicon() {
        Segment segment = decode(withLexicon("AB"), "A", 2).orElseThrow();

        assertThat(segment.text()).isEmpty();
        assertThat(segment.words()).isEmpty();
        assertThat(segment.score()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(segment.start()).isEqualTo(1);
        assertThat(segment.end()).isEqualTo(1.1);
    }
}
