package io.github.djlctc.examples.speech.transcribe;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the stretches of speech between pauses by their level.
 *
 * <p>What is louder than a threshold is taken for speech; a pause is as many seconds below it as
 * the detector is told. The threshold follows the sound: of the levels of the last 10 and the next
 * 30 s, the tenth percentile is the floor of the noise, the 95th stands for speech; the threshold
 * is 0.4 of the way up, but 3 to 9 dB above the floor. Half of the least pause is added on both
 * sides of a stretch, for soft consonants, but no digital silence, to whose logarithm the features
 * would be normalised. Speech without a pause for 30 s is cut in its {@linkplain QuietPlace
 * quietest place} after 10 s or later.
 */
final class SpeechDetector {

    private static final double BEFORE_SECONDS = 10;
    private static final double MIN_CUT_SECONDS = 10;

    private static final double FLOOR_SHARE = 0.1;
    private static final double SPEECH_SHARE = 0.95;
    private static final double THRESHOLD_SHARE = 0.4;
    private static final double LEAST_DECIBELS = 3;
    private static final double MOST_DECIBELS = 9;

    private final SoundBuffer sound;
    private final int sampleRate;

    /** All positions are multiples of this. */
    private final int stride;

    private final int step;
    private final int pauseSteps;
    private final int marginSteps;
    private final int margin;
    private final int most;
    private final int before;
    private final int after;
    private long position;
    private boolean afterPause = true;

    /**
     * Creates the detector.
     *
     * @param sound the sound
     * @param stride the samples that all stretches begin at multiples of
     * @param context the samples before and after a stretch that are to be in the buffer with it
     * @param pauseSeconds the least pause
     */
    SpeechDetector(SoundBuffer sound, int stride, int context, double pauseSeconds) {
        this.sound = sound;
        this.stride = stride;
        sampleRate = sound.sampleRate();
        step = SoundLevels.step(sampleRate);
        pauseSteps = samples(pauseSeconds) / step;
        marginSteps = pauseSteps / 2;
        margin = marginSteps * step;
        most = samples(Transcriber.PIECE_SECONDS) / stride * stride;
        before = Math.max(context, samples(BEFORE_SECONDS));
        after = Math.max(context, 2 * margin);
    }

    private int samples(double seconds) {
        return (int) Math.round(seconds * sampleRate);
    }

    /** Finds the next stretch; nothing if there is only silence up to the end of the sound. */
    Optional<Stretch> next() throws IOException {
        while (true) {
            sound.dropBefore(Math.max(sound.first(), position - before));
            sound.fillTo(position + most + after);
            if (position >= sound.end()) {
                return Optional.empty();
            }
            Optional<Stretch> found = search(Math.min(sound.end(), position + most));
            if (found.isPresent()) {
                position = found.get().to();
                afterPause = found.get().endsAtPause();
                return found;
            }
        }
    }

    /** Passes over sound; a pause before it counts as one after it. */
    void skipTo(long sample) {
        position = sample;
    }

    /** Looks for a stretch up to a place; moves the position if more sound is needed. */
    private Optional<Stretch> search(long until) {
        long first = sound.first();
        double[] levels = SoundLevels.of(sound.copy(first, sound.end()), step);
        double threshold = threshold(levels);
        int stop = (int) Math.min(levels.length, (until - first) / step);
        int start = (int) ((position - first) / step);
        if (afterPause) {
            start = nextLouder(levels, start, stop, threshold);
        }
        if (afterPause && start >= stop) {
            position = until == sound.end() ? until : down(until - margin);
            return Optional.empty();
        }
        long from =
                afterPause
                        ? Math.max(position, down(first + softBefore(levels, start) * (long) step))
                        : position;
        int last = lastBeforePause(levels, start, stop, threshold);
        if (stop - last > pauseSteps || until == sound.end()) {
            long to = Math.min(sound.end(), up(first + softAfter(levels, last) * (long) step));
            return Optional.of(new Stretch(from, to, afterPause, true));
        }
        if (from > position) {
            position = from;
            return Optional.empty();
        }
        int quiet = QuietPlace.find(sound.copy(from, until), sampleRate, samples(MIN_CUT_SECONDS));
        return Optional.of(new Stretch(from, down(from + quiet), afterPause, false));
    }

    private static double threshold(double[] levels) {
        double[] sorted = levels.clone();
        Arrays.sort(sorted);
        int highest = sorted.length - 1;
        double floor = sorted[(int) (FLOOR_SHARE * highest)];
        double speech = sorted[(int) (SPEECH_SHARE * highest)];
        double above = THRESHOLD_SHARE * (speech - floor);
        return floor + Math.max(LEAST_DECIBELS, Math.min(MOST_DECIBELS, above));
    }

    private static int nextLouder(double[] levels, int from, int to, double threshold) {
        int i = from;
        while (i < to && levels[i] <= threshold) {
            i++;
        }
        return i;
    }

    /** Returns the last louder step before the first pause, or before the end. */
    private int lastBeforePause(double[] levels, int from, int to, double threshold) {
        int last = from;
        for (int i = from; i < to && i - last <= pauseSteps; i++) {
            if (levels[i] > threshold) {
                last = i;
            }
        }
        return last;
    }

    /** Returns the first step of the margin before a step. */
    private int softBefore(double[] levels, int step) {
        int first = step;
        while (first > Math.max(0, step - marginSteps)
                && !SoundLevels.isSilent(levels[first - 1])) {
            first--;
        }
        return first;
    }

    /** Returns the step after the margin behind a step. */
    private int softAfter(double[] levels, int step) {
        int after = step + 1;
        int most = Math.min(levels.length, step + 1 + marginSteps);
        while (after < most && !SoundLevels.isSilent(levels[after])) {
            after++;
        }
        return after;
    }

    private long down(long sample) {
        return sample - sample % stride;
    }

    private long up(long sample) {
        return down(sample + stride - 1);
    }
}
