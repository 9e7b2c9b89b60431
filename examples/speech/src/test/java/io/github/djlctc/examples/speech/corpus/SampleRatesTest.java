package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.speech.audio.AudioHeader;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

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
                        .map(rate -> new AudioHeader(rate, OptionalLong.empty()))
                        .map(
                                header ->
                                        new SoundFile(
                                                Path.of("a.wav"),
                                                header,
                                                0,
                                                OptionalDouble.empty()))
                        .map(sound -> new Utterance("a", "A", sound))
                        .toList());
    }
}
