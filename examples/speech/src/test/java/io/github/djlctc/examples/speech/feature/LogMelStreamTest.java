package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.SoundInParts;
import io.github.djlctc.examples.speech.audio.Waveform;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LogMelStreamTest {

    private static final int MELS = 12;
    private static final MelNormalisation NORMALISATION =
            new MelNormalisation(Collections.nCopies(MELS, -3f), Collections.nCopies(MELS, 2.5f));
    private static final LogMelFilterbank FILTERBANK = new LogMelFilterbank(8000, NORMALISATION);

    @Provide
    Arbitrary<Integer> rates() {
        return Arbitraries.of(4000, 8000, 11025, 16000, 44100);
    }

    @Provide
    Arbitrary<List<Integer>> parts() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 700),
                        Arbitraries.integers().between(0, 9000))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 150)
    void framesAreThoseOfTheWholeSoundHoweverItIsCut(
            @ForAll("rates") int rate, @ForAll("parts") List<Integer> parts) {
        LogMelFilterbank filterbank = new LogMelFilterbank(rate, NORMALISATION);
        int length = parts.stream().mapToInt(Integer::intValue).sum();
        float[] sound = SoundInParts.noise(length, length);

        LogMelStream stream = filterbank.openStream();
        float[] streamed = SoundInParts.collect(sound, parts, stream::accept, stream::finish);

        if (sound.length == 0) {
            assertThat(streamed).isEmpty();
        } else {
            float[] whole = filterbank.extract(new Waveform(sound, rate)).values();
            assertThat(streamed).containsExactly(whole, within(1e-5f));
        }
    }

    /** A frame needs half a window, 12.5 ms, after its time. */
    @Example
    void givesAFrameAsSoonAsItsWindowIsFull() {
        LogMelStream stream = FILTERBANK.openStream();
        float[] sound = SoundInParts.noise(1000, 1000);
        int frames = 0;
        for (int i = 0; i < sound.length; i++) {
            frames += stream.accept(sound, i, 1).length / MELS;
            assertThat(frames).isEqualTo(i + 1 < 100 ? 0 : 1 + (i + 1 - 100) / 80);
        }
        assertThat(frames + stream.finish().length / MELS).isEqualTo(1 + 1000 / 80);
        assertThat(FILTERBANK.lookaheadSeconds()).isEqualTo(0.0125);
    }

    @Example
    void refusesWhatIsNoSoundAndGoesOn() {
        LogMelStream stream = FILTERBANK.openStream();
        float[] sound = SoundInParts.noise(1000, 1000);
        float[] first = stream.accept(sound, 0, 500);
        float[] broken = SoundInParts.noise(200, 200);
        broken[30] = Float.NaN;
        assertThatThrownBy(() -> stream.accept(broken, 10, 100))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("sample 520 is NaN; sound lies between -1 and 1");

        float[] rest = SoundInParts.join(stream.accept(sound, 500, 500), stream.finish());

        assertThat(SoundInParts.join(first, rest))
                .containsExactly(
                        FILTERBANK.extract(new Waveform(sound, 8000)).values(), within(1e-5f));
        assertThatIllegalStateException().isThrownBy(stream::finish);
        assertThatIllegalStateException().isThrownBy(() -> stream.accept(sound, 0, 0));
    }

    @Example
    void needsANormalisationThatIsKnown() {
        assertThatIllegalStateException()
                .isThrownBy(new LogMelFilterbank(8000, MELS)::openStream)
                .withMessageContaining("known at its end only");
    }

    @Example
    void normalisesByWhatItIsTold() {
        Waveform sound = new Waveform(SoundInParts.noise(800, 800), 8000);
        float[] plain =
                new LogMelFilterbank(8000, MelNormalisation.none(MELS)).extract(sound).values();
        float[] normalised = FILTERBANK.extract(sound).values();
        for (int i = 0; i < plain.length; i++) {
            assertThat(normalised[i]).isCloseTo((plain[i] + 3) / 2.5f, within(1e-5f));
        }
    }
}
