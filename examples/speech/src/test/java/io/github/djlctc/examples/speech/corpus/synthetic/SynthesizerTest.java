package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.Waveform;

import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.UtteranceProcessor;
import com.sun.speech.freetts.Voice;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SynthesizerTest {

    private static final String SENTENCE = "CALL NUMBER FIVE NINE ONE ONE NINE";
    private static final SpeakerSettings AVERAGE = new SpeakerSettings(110, 10, 1, 1);

    private static final List<String> PHONES = new ArrayList<>();
    private static final Voice VOICE = phoneCollectingVoice();

    private static final Synthesizer SYNTHESIZER = new Synthesizer();

    @ParameterizedTest
    @CsvSource({
        "A, ey",
        "B, b iy",
        "C, s iy",
        "I, ay",
        "R, aa r",
        "U, y uw",
        "V, v iy",
        "W, d aa b ax l y uw",
        "X, eh k s",
        "Y, w ay",
        "Z, z iy"
    })
    void readsLettersByNameWhereverTheyStand(String letter, String phones) {
        assertThat(phones("SPELL " + letter)).isEqualTo("s p eh l " + phones);
        assertThat(phones("PAGE " + letter + " NOW")).isEqualTo("p ey jh " + phones + " n aw");
        assertThat(phones(letter + " " + letter)).isEqualTo(phones + " " + phones);
    }

    /** Whatever the voice and the place, the last word ends with the speech. */
    @ParameterizedTest
    @CsvSource({"1, 1", "0.9, 0.85", "1.35, 1.2"})
    void knowsWhenWordsEnd(double stretch, double warp) {
        TimedSpeech speech =
                SYNTHESIZER.speak(
                        "SET TIMER FOR TWO A MINUTES", new SpeakerSettings(120, 10, stretch, warp));
        assertThat(speech.wordEnds()).hasSize(6).isSorted();
        assertThat(speech.wordEnds().get(0)).isBetween(0.15, 0.6);
        assertThat(speech.wordEnds().get(5)).isCloseTo(speech.sound().seconds(), within(0.1));
    }

    @Test
    void readsAllLettersDifferently() {
        assertThat(CommandGrammar.words("letter").stream().map(SynthesizerTest::phones))
                .hasSize(26)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(doubles = {80, 110, 150, 195})
    void hasTheAskedPitchWhateverTheVocalTract(double pitch) {
        for (double warp : new double[] {0.85, 1, 1.2}) {
            Waveform speech =
                    SYNTHESIZER.speak(SENTENCE, new SpeakerSettings(pitch, 8, 1, warp)).sound();
            assertThat(medianPitch(speech)).isCloseTo(pitch, Percentage.withPercentage(13));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.85, 0.93, 1.1, 1.2})
    void movesTheSpectrumButNotTheDuration(double warp) {
        Waveform average = SYNTHESIZER.speak(SENTENCE, AVERAGE).sound();
        Waveform speech =
                SYNTHESIZER.speak(SENTENCE, new SpeakerSettings(110, 10, 1, warp)).sound();
        assertThat(speech.seconds()).isCloseTo(average.seconds(), Percentage.withPercentage(2));
        assertThat(frequency(speech) / frequency(average))
                .isCloseTo(warp, Percentage.withPercentage(5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 1.2, 1.35})
    void stretchesTheDuration(double stretch) {
        Waveform average = SYNTHESIZER.speak(SENTENCE, AVERAGE).sound();
        Waveform speech =
                SYNTHESIZER.speak(SENTENCE, new SpeakerSettings(110, 10, stretch, 1)).sound();
        assertThat(speech.seconds() / average.seconds())
                .isCloseTo(stretch, Percentage.withPercentage(3));
    }

    @Test
    void doesNotClip() {
        float peak = 0;
        for (float sample : SYNTHESIZER.speak(SENTENCE, AVERAGE).sound().samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).isBetween(0.1f, 0.98f);
    }

    @Test
    void whatWasSpokenBeforeHasNoInfluence() {
        float[] first = SYNTHESIZER.speak(SENTENCE, AVERAGE).sound().samples();
        SYNTHESIZER.speak("SPELL W X Y Z", new SpeakerSettings(180, 25, 1.3, 0.9));
        assertThat(SYNTHESIZER.speak(SENTENCE, AVERAGE).sound().samples()).isEqualTo(first);
        assertThat(new Synthesizer().speak(SENTENCE, AVERAGE).sound().samples()).isEqualTo(first);
    }

    @Test
    void startsNoThreadAndPrintsNothing() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        System.setOut(capture);
        System.setErr(capture);
        try {
            new Synthesizer().speak(SENTENCE, AVERAGE);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .allMatch(Thread::isDaemon)
                .noneMatch(thread -> thread.getClass().getName().contains("freetts"));
    }

    /** Returns the phones of a sentence, without the pauses around it. */
    private static String phones(String sentence) {
        PHONES.clear();
        VOICE.speak(Synthesizer.respell(sentence));
        return String.join(" ", PHONES).replaceAll("^pau | pau$", "");
    }

    // FreeTTS hands out its list of processors without a type.
    @SuppressWarnings("unchecked")
    private static Voice phoneCollectingVoice() {
        Voice voice = Synthesizer.load();
        UtteranceProcessor collector =
                utterance -> {
                    Item phone = utterance.getRelation(Relation.SEGMENT).getHead();
                    for (; phone != null; phone = phone.getNext()) {
                        PHONES.add(phone.toString());
                    }
                };
        voice.getUtteranceProcessors().add(collector);
        return voice;
    }

    /** Returns the median over voiced stretches of the lag with the highest autocorrelation. */
    private static double medianPitch(Waveform speech) {
        float[] x = speech.samples();
        double[] pitches = new double[x.length / 320];
        int voiced = 0;
        for (int start = 0; start + 1024 < x.length; start += 320) {
            double best = 0.8;
            int bestLag = 0;
            for (int lag = 60; lag < 260; lag++) {
                double correlation = correlation(x, start, lag);
                if (correlation > best) {
                    best = correlation;
                    bestLag = lag;
                }
            }
            if (bestLag > 0) {
                pitches[voiced++] = speech.sampleRate() / (double) bestLag;
            }
        }
        double[] sorted = Arrays.stream(pitches, 0, voiced).sorted().toArray();
        return sorted[voiced / 2];
    }

    private static double correlation(float[] x, int start, int lag) {
        double product = 0;
        double first = 1e-3;
        double second = 1e-3;
        for (int i = start; i < start + 512; i++) {
            product += x[i] * x[i + lag];
            first += x[i] * x[i];
            second += x[i + lag] * x[i + lag];
        }
        return product / Math.sqrt(first * second);
    }

    /** Returns the root mean square frequency in Hz, from the power of the slope. */
    private static double frequency(Waveform speech) {
        float[] x = speech.samples();
        double slope = 0;
        double power = 0;
        for (int i = 1; i < x.length; i++) {
            slope += (x[i] - x[i - 1]) * (x[i] - x[i - 1]);
            power += x[i] * x[i];
        }
        return speech.sampleRate() / Math.PI * Math.asin(Math.sqrt(slope / power) / 2);
    }
}
