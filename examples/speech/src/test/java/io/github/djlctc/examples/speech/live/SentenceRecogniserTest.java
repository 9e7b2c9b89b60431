package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Sentences are tones here; the recogniser hears one "A" in each, in frames of 10 ms. */
class SentenceRecogniserTest {

    private static final int RATE = 8000;
    private static final double FRAME = 0.01;
    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" A");

    /** All that was recognised, for guesses too. */
    private final List<float[]> recognised = new ArrayList<>();

    /** What was recognised last before each part of sound that a sentence ended in. */
    private final List<float[]> ended = new ArrayList<>();

    private SentenceRecogniser recogniser() {
        return new SentenceRecogniser(RATE, Pauses.DEFAULT, this::recognise, FRAME);
    }

    private Optional<Hypothesis> recognise(float[] samples) {
        recognised.add(samples.clone());
        int first = -1;
        int last = -1;
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) > 0.001) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first < 0) {
            return Optional.of(Hypothesis.of(ALPHABET, List.of(), 0));
        }
        int from = (int) (first / (RATE * FRAME));
        int to = (int) (last / (RATE * FRAME)) + 1;
        int id = ALPHABET.encode("A")[0];
        return Optional.of(
                Hypothesis.of(ALPHABET, List.of(new TokenSpan(id, "A", from, to, -0.1)), -0.1));
    }

    /** Tones of a second with pauses around them, and faint noise. */
    private static float[] tones(double pause, double... seconds) {
        Random random = new Random(1);
        double total = pause;
        for (double one : seconds) {
            total += one + pause;
        }
        float[] sound = new float[(int) (total * RATE)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (1e-4 * random.nextGaussian());
        }
        double start = pause;
        for (double one : seconds) {
            for (int i = (int) (start * RATE); i < (start + one) * RATE; i++) {
                sound[i] += (float) (0.3 * Math.sin(i * 0.5));
            }
            start += one + pause;
        }
        return sound;
    }

    private List<LiveEvent> feed(LiveRecogniser recogniser, float[] sound, int part) {
        List<LiveEvent> events = new ArrayList<>();
        for (int i = 0; i < sound.length; i += part) {
            List<LiveEvent> more = recogniser.accept(sound, i, Math.min(part, sound.length - i));
            events.addAll(more);
            if (!sentences(more).isEmpty()) {
                ended.add(recognised.get(recognised.size() - 1));
            }
        }
        events.addAll(recogniser.finish());
        return events;
    }

    private static List<LiveEvent.Sentence> sentences(List<LiveEvent> events) {
        return events.stream()
                .filter(LiveEvent.Sentence.class::isInstance)
                .map(LiveEvent.Sentence.class::cast)
                .toList();
    }

    @Property(tries = 30, seed = "1")
    void findsEverySentenceAtItsTimeHoweverTheSoundIsDivided(
            @ForAll @DoubleRange(min = 0.8, max = 2) double pause,
            @ForAll @Size(min = 1, max = 3) List<@DoubleRange(min = 0.3, max = 3) Double> lengths,
            @ForAll @IntRange(min = 1, max = 5000) int part) {
        double[] seconds = lengths.stream().mapToDouble(Double::doubleValue).toArray();
        float[] sound = tones(pause, seconds);

        List<LiveEvent.Sentence> found = sentences(feed(recogniser(), sound, part));

        assertThat(found).hasSize(seconds.length);
        double start = pause;
        for (int i = 0; i < seconds.length; i++) {
            assertThat(found.get(i).segment().start()).isCloseTo(start, within(0.02));
            assertThat(found.get(i).segment().end()).isCloseTo(start + seconds[i], within(0.02));
            start += seconds[i] + pause;
        }
    }

    @Example
    void guessesTheSentenceSoFarNowAndThen() {
        List<LiveEvent> events = feed(recogniser(), tones(1, 6), RATE / 20);

        List<LiveEvent.Progress> progress =
                events.stream()
                        .filter(LiveEvent.Progress.class::isInstance)
                        .map(LiveEvent.Progress.class::cast)
                        .toList();
        assertThat(progress).hasSizeBetween(5, 15);
        assertThat(progress).allMatch(one -> one.guess().equals("A") && one.stable().isEmpty());
        long samples = recognised.stream().mapToLong(sound -> sound.length).sum();
        assertThat(samples).isLessThan(6L * 7 * RATE);
    }

    @Example
    void hearsNothingInNoise() {
        Random random = new Random(2);
        float[] noise = new float[20 * RATE];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (3e-3 * random.nextGaussian());
        }

        List<LiveEvent> events = feed(recogniser(), noise, 1000);

        assertThat(sentences(events)).isEmpty();
        assertThat(recognised).hasSizeLessThan(3);
    }

    @Example
    void cutsWhereNobodyPauses() {
        float[] sound = tones(1, 50);
        // A short dip, where it should be cut.
        int dip = 19 * RATE;
        Arrays.fill(sound, dip, dip + RATE / 10, 0);

        List<LiveEvent.Sentence> found = sentences(feed(recogniser(), sound, 4000));

        assertThat(found).hasSize(3);
        assertThat(found.get(0).segment().end()).isCloseTo(19, within(0.06));
        int longest = recognised.stream().mapToInt(one -> one.length).max().orElseThrow();
        assertThat(longest).isLessThanOrEqualTo((int) (20.1 * RATE));
    }

    @Example
    void endsASentenceThatIsBeingSaid() {
        float[] sound = tones(1, 2);

        List<LiveEvent> events = feed(recogniser(), Arrays.copyOf(sound, 2 * RATE), RATE);

        assertThat(sentences(events)).hasSize(1);
    }

    @Example
    void cannotBeUsedAfterTheEnd() {
        SentenceRecogniser recogniser = recogniser();
        assertThat(recogniser.finish()).isEmpty();

        assertThatThrownBy(() -> recogniser.accept(new float[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(recogniser::finish).isInstanceOf(IllegalStateException.class);
    }

    @Example
    void leavesOutTheSilenceAroundASentence() {
        float[] sound = tones(1, 1, 1);

        feed(recogniser(), sound, 100);

        assertThat(ended).hasSize(2);
        for (float[] sentence : ended) {
            assertThat(sentence.length / (double) RATE).isBetween(1.0, 1.2);
        }
    }

    @Example
    void keepsTheSoftSoundsAroundASentence() {
        float[] sound = tones(1, 1);
        for (int i = 0; i < RATE / 5; i++) {
            float soft = (float) (6e-4 * Math.sin(i * 0.5));
            sound[RATE - RATE / 5 + i] += soft;
            sound[2 * RATE + i] += soft;
        }

        feed(recogniser(), sound, 100);

        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).length / (double) RATE).isBetween(1.4, 1.55);
    }

    @Example
    void hearsSoundOf60DecibelsBelowFullScale() {
        float[] sound = tones(1, 1);
        for (int i = 0; i < sound.length; i++) {
            sound[i] *= 0.005f;
        }

        assertThat(sentences(feed(recogniser(), sound, 100))).hasSize(1);
    }
}
