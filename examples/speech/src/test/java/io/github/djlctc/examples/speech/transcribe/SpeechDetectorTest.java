package io.github.djlctc.examples.speech.transcribe;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SpeechDetectorTest {

    private static final int STRIDE = 160;
    private static final double NOISE = 0.001;
    private static final double SPEECH = 0.1;

    @Test
    void findsWhatLiesBetweenPauses() throws IOException {
        TestSound sound =
                new TestSound(1)
                        .add(2, NOISE)
                        .addSpeech(1.5, SPEECH)
                        .add(0.5, NOISE)
                        .addSpeech(3, SPEECH)
                        .add(20, NOISE)
                        .addSpeech(1, SPEECH);

        List<Stretch> found = stretches(sound);

        assertThat(found).hasSize(3).allMatch(Stretch::isWhole);
        assertAround(found.get(0), 2, 3.5);
        assertAround(found.get(1), 4, 7);
        assertAround(found.get(2), 27, 28);
    }

    @Test
    void adaptsToTheNoise() throws IOException {
        for (double noise : new double[] {0.0003, 0.003, 0.03}) {
            TestSound sound = new TestSound(2);
            for (int i = 0; i < 15; i++) {
                sound.add(1, noise).addSpeech(2, 5 * noise);
            }

            assertThat(stretches(sound)).hasSize(15);
        }
    }

    @Test
    void findsTheSameIfTheSamplesHaveAnOffset() throws IOException {
        TestSound sound = new TestSound(1);
        TestSound shifted = new TestSound(1);
        for (int i = 0; i < 5; i++) {
            sound.add(1, NOISE).addSpeech(2, 0.01);
            shifted.add(1, NOISE).addSpeech(2, 0.01);
        }

        assertThat(stretches(shifted.shift(0.25f))).hasSize(5).isEqualTo(stretches(sound));
    }

    @Test
    void findsNothingInSilence() throws IOException {
        assertThat(stretches(new TestSound(1).add(100, 0))).isEmpty();
        assertThat(stretches(new TestSound(1).add(100, NOISE))).isEmpty();
    }

    @Test
    void leavesDigitalSilenceOut() throws IOException {
        TestSound sound = new TestSound(1).add(3, 0).addSpeech(2, SPEECH).add(10, 0);

        List<Stretch> found = stretches(sound);

        assertThat(found).hasSize(1);
        assertThat(seconds(found.get(0).from())).isCloseTo(3, within(0.04));
        assertThat(seconds(found.get(0).to())).isCloseTo(5, within(0.04));
    }

    @Test
    void cutsSpeechWithoutPausesWhereItIsQuietest() throws IOException {
        TestSound sound =
                new TestSound(1)
                        .add(1, NOISE)
                        .addSpeech(20, SPEECH)
                        .add(0.15, NOISE)
                        .addSpeech(20, SPEECH)
                        .add(1, NOISE);

        List<Stretch> found = stretches(sound);

        assertThat(found).hasSize(2);
        assertThat(found.get(0).startsAfterPause()).isTrue();
        assertThat(found.get(0).endsAtPause()).isFalse();
        assertThat(found.get(1).startsAfterPause()).isFalse();
        assertThat(found.get(1).endsAtPause()).isTrue();
        assertThat(seconds(found.get(0).to())).isCloseTo(21.075, within(0.06));
        assertThat(found.get(1).from()).isEqualTo(found.get(0).to());
    }

    @Property(tries = 40, seed = "1")
    void missesNoLoudSoundAndIsNeverTooLong(@ForAll @IntRange(min = 0, max = 10_000) int seed)
            throws IOException {
        Random random = new Random(seed);
        TestSound sound = new TestSound(seed);
        List<double[]> loud = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            sound.add(random.nextDouble() * random.nextInt(12), random.nextBoolean() ? NOISE : 0);
            double start = sound.seconds();
            sound.addSpeech(0.1 + random.nextDouble() * random.nextInt(45), SPEECH);
            loud.add(new double[] {start, sound.seconds()});
        }
        sound.add(random.nextDouble(), NOISE);

        List<Stretch> found = stretches(sound);

        long end = 0;
        for (Stretch stretch : found) {
            assertThat(stretch.from()).isGreaterThanOrEqualTo(end);
            assertThat(stretch.from() % STRIDE).isZero();
            assertThat(seconds(stretch.to() - stretch.from())).isBetween(0.02, 30.001);
            end = stretch.to();
        }
        for (double[] burst : loud) {
            for (double time = burst[0] + 0.1; time < burst[1] - 0.1; time += 0.05) {
                double at = time;
                assertThat(found).anyMatch(s -> seconds(s.from()) <= at && at <= seconds(s.to()));
            }
        }
    }

    private static void assertAround(Stretch stretch, double from, double to) {
        assertThat(seconds(stretch.from())).isBetween(from - 0.25, from);
        assertThat(seconds(stretch.to())).isBetween(to, to + 0.25);
    }

    private static double seconds(long samples) {
        return samples / (double) TestSound.SAMPLE_RATE;
    }

    private static List<Stretch> stretches(TestSound sound) throws IOException {
        SpeechDetector detector =
                new SpeechDetector(new SoundBuffer(sound.stream()), STRIDE, 10 * STRIDE, 0.3);
        List<Stretch> found = new ArrayList<>();
        Optional<Stretch> next = detector.next();
        while (next.isPresent()) {
            found.add(next.get());
            next = detector.next();
        }
        return found;
    }
}
