package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HotwordDecodersTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" ABCDEFGHIJKLM");

    private final AtomicInteger made = new AtomicInteger();
    private final GreedyDecoder plain = new GreedyDecoder(ALPHABET);
    private final HotwordDecoders decoders =
            new HotwordDecoders(
                    plain,
                    hotwords -> {
                        made.incrementAndGet();
                        return new GreedyDecoder(ALPHABET);
                    });

    private static List<Hotword> hotwords(String phrase) {
        return List.of(new Hotword(phrase, 5));
    }

    @Test
    void makesADecoderOncePerList() {
        assertThat(decoders.of(List.of())).isSameAs(plain);
        assertThat(decoders.of(hotwords("BAD"))).isSameAs(decoders.of(hotwords("BAD")));
        assertThat(made).hasValue(1);
    }

    @Test
    void keepsTheLatestOnly() {
        decoders.of(hotwords("A"));
        for (char letter = 'B'; letter <= 'I'; letter++) {
            decoders.of(hotwords(String.valueOf(letter)));
        }
        assertThat(made).hasValue(9);

        decoders.of(hotwords("I"));
        assertThat(made).hasValue(9);
        decoders.of(hotwords("A"));
        assertThat(made).hasValue(10);
    }

    @Test
    void namesWhatCannotBeSpelled() {
        assertThatThrownBy(() -> decoders.of(hotwords("BAD ÄGE")))
                .isInstanceOf(HotwordException.class)
                .hasMessage(
                        "the hotword \"BAD ÄGE\" cannot be recognised: the model does not know"
                                + " \"Ä\"");
    }
}
