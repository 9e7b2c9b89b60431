package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.speech.audio.Signal;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample rate of a corpus of several. */
class SampleRatesTest {

    @Test
    void theCommonestIsTakenWhereverItIs() {
        SampleRates rates = of(8000, 16000, 44100, 16000, 8000, 16000);

        assertThat(rates.commonest()).hasValue(16000);
        assertThat(rates.areMixed()).isTrue();
        assertThat(rates.othersThan(16000)).isEqualTo(3);
        assertThat(rates.othersThan(22050)).isEqualTo(6);
        assertThat(rates).hasToString("1 of 44100 Hz, 3 of 16000 Hz, 2 of 8000 Hz");
    }

    @Test
    void theHighestIsTakenAmongEquals() {
        assertThat(of(8000, 16000).commonest()).hasValue(16000);
        assertThat(of(16000, 8000).commonest()).hasValue(16000);
    }

    @Test
    void oneRateIsNotMixed() {
        assertThat(of(8000, 8000).areMixed()).isFalse();
        assertThat(of(8000, 8000).othersThan(8000)).isZero();
    }

    @Test
    void signalsOfUnknownRateDoNotCount() {
        SampleRates rates =
                SampleRates.of(
                        List.of(
                                new Utterance(
                                        "a",
                                        "A",
                                        () -> {
                                            throw new IllegalStateException("not to be read");
                                        })));

        assertThat(rates.commonest()).isEmpty();
        assertThat(rates.areMixed()).isFalse();
    }

    private static SampleRates of(Integer... rates) {
        return SampleRates.of(
                Arrays.stream(rates)
                        .map(rate -> new Utterance("a", "A", new Rated(rate, Optional.empty())))
                        .toList());
    }

    /** Headers of a million files would take minutes. */
    @Test
    void readsTheHeadersOfTwoThousandAtMost() {
        AtomicInteger read = new AtomicInteger();
        List<Utterance> many =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> new Rated(i < 75_000 ? 16000 : 8000, Optional.of(read)))
                        .map(sound -> new Utterance("a", "A", sound))
                        .toList();

        SampleRates rates = SampleRates.of(many);

        assertThat(read).hasValue(2000);
        assertThat(rates).hasToString("1500 of 16000 Hz, 500 of 8000 Hz, 98000 not looked at");
    }

    /** Sound of a rate that is known, or that its header tells. */
    private record Rated(int rate, Optional<AtomicInteger> reads) implements Utterance.Source {

        @Override
        public Signal read() {
            throw new IllegalStateException("not to be read");
        }

        @Override
        public OptionalInt sampleRate() {
            return reads.isEmpty() ? OptionalInt.of(rate) : OptionalInt.empty();
        }

        @Override
        public OptionalInt readSampleRate() {
            reads.ifPresent(AtomicInteger::incrementAndGet);
            return OptionalInt.of(rate);
        }
    }
}
