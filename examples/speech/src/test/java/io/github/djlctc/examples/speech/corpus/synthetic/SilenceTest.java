package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.speech.audio.Waveform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SilenceTest {

    private static final int RATE = 1_000;

    private static List<Silence> draw(TextSplit split) {
        SplittableRandom random = new SplittableRandom(3);
        return Stream.generate(() -> Silence.draw(split, random)).limit(4_000).toList();
    }

    private static double shareLongerThan(double seconds, List<Silence> silences) {
        return silences.stream().filter(one -> one.before() > seconds).count()
                / (double) silences.size();
    }

    /** So that the first word may come late. */
    @Test
    void someTrainingRecordingsHaveLongSilenceOnEitherSide() {
        List<Silence> silences = draw(TextSplit.TRAIN);
        assertThat(silences).allSatisfy(s -> assertThat(s.before()).isBetween(0.05, 1.5));
        assertThat(silences).allSatisfy(s -> assertThat(s.after()).isBetween(0.05, 1.5));
        assertThat(shareLongerThan(0.15, silences)).isCloseTo(0.25 * 1.35 / 1.45, within(0.02));
        assertThat(shareLongerThan(1, silences)).isCloseTo(0.25 * 0.5 / 1.45, within(0.02));
        assertThat(silences.stream().filter(Silence::isGated).count()).isBetween(700L, 900L);
    }

    /** So that its figures can be compared with earlier ones. */
    @ParameterizedTest
    @EnumSource(names = {"VALIDATION", "TEST"})
    void theOtherPartsHaveTheUsualSilence(TextSplit split) {
        assertThat(draw(split))
                .allSatisfy(
                        silence -> {
                            assertThat(silence.before()).isBetween(0.05, 0.4);
                            assertThat(silence.after()).isBetween(0.05, 0.4);
                            assertThat(silence.isGated()).isFalse();
                        });
    }

    @Test
    void aNoiseGateMutesAllButWhatIsNextToTheSpeech() {
        float[] speech = new float[200];
        Arrays.fill(speech, 1);
        Waveform padded = new Silence(0.5, 0.3, true).around(new Waveform(speech, RATE));
        assertThat(padded.samples()).hasSize(1_000);
        assertThat(padded.samples()[499]).isZero();
        assertThat(padded.samples()[500]).isEqualTo(1);
        assertThat(padded.samples()[700]).isZero();
        float[] noisy = new float[1_000];
        Arrays.fill(noisy, 0.5f);
        Waveform recording = new Waveform(noisy, RATE);

        float[] gated = new Silence(0.5, 0.3, true).gate(recording).samples();

        for (int i = 0; i < gated.length; i++) {
            assertThat(gated[i]).isEqualTo(i < 400 || i >= 800 ? 0f : 0.5f);
        }
        assertThat(new Silence(0.5, 0.3, false).gate(recording)).isSameAs(recording);
        assertThat(new Silence(0.05, 0.1, true).gate(recording)).isSameAs(recording);
        assertThat(new Silence(0.05, 0.3, true).gate(recording).samples()[0]).isEqualTo(0.5f);
    }
}
