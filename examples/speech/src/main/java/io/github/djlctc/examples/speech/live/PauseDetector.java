package io.github.djlctc.examples.speech.live;

/**
 * Tells speech from pauses by the energy of frames of 10 ms.
 *
 * <p>A frame is speech if it is {@value #ABOVE_FLOOR} dB above the noise floor, and above {@value
 * #QUIETEST} dB of full scale. The floor follows the quietest frames: down at once, up by {@value
 * #RISE} dB a frame, so that a fan that starts is speech for some seconds only.
 */
final class PauseDetector {

    private static final double FRAME_SECONDS = 0.01;
    private static final double ABOVE_FLOOR = 9;
    private static final double QUIETEST = -65;
    private static final double HIGHEST_FIRST_FLOOR = -50;
    private static final double AUDIBLE_ABOVE_FLOOR = 5;
    private static final double QUIETEST_AUDIBLE = -75;
    private static final int LONGEST_GAP_FRAMES = 4;
    private static final double RISE = 0.03;
    private static final double SILENCE = -100;

    private final int frameLength;
    private double energy;
    private double sum;
    private int filled;
    private double floor = HIGHEST_FIRST_FLOOR;
    private int speechFrames;
    private int pauseFrames;
    private int audibleFrames;
    private int inaudibleFrames;

    /**
     * Creates a detector.
     *
     * @param sampleRate samples per second of the sound, above 0
     */
    PauseDetector(int sampleRate) {
        frameLength = Math.max(1, (int) Math.round(sampleRate * FRAME_SECONDS));
    }

    /**
     * Takes a sample.
     *
     * @return whether it completes a frame
     */
    boolean accept(float sample) {
        energy += (double) sample * sample;
        sum += sample;
        filled++;
        if (filled < frameLength) {
            return false;
        }
        // An offset of the samples, as cheap microphones have one, is no sound.
        double mean = sum / frameLength;
        judge(decibels(energy / frameLength - mean * mean));
        energy = 0;
        sum = 0;
        filled = 0;
        return true;
    }

    private void judge(double level) {
        floor = Math.min(level, floor + RISE);
        if (level > Math.max(floor + ABOVE_FLOOR, QUIETEST)) {
            speechFrames++;
            pauseFrames = 0;
        } else {
            speechFrames = 0;
            pauseFrames++;
        }
        if (level > Math.max(floor + AUDIBLE_ABOVE_FLOOR, QUIETEST_AUDIBLE)) {
            inaudibleFrames = 0;
        } else {
            inaudibleFrames++;
        }
        audibleFrames = inaudibleFrames > LONGEST_GAP_FRAMES ? 0 : audibleFrames + 1;
    }

    private static double decibels(double power) {
        return Math.max(SILENCE, 10 * Math.log10(Math.max(power, 1e-10)));
    }

    /** Returns how long speech has gone on without a break, in seconds. */
    double speechSeconds() {
        return speechFrames * FRAME_SECONDS;
    }

    /**
     * Returns how long there has been more than the noise floor, soft sounds that are no speech for
     * sure included, in seconds.
     */
    double audibleSeconds() {
        return audibleFrames * FRAME_SECONDS;
    }

    /** Returns how long there was nothing above the noise floor, in seconds. */
    double inaudibleSeconds() {
        return inaudibleFrames * FRAME_SECONDS;
    }

    /** Returns how long nothing was said, in seconds. */
    double pauseSeconds() {
        return pauseFrames * FRAME_SECONDS;
    }
}
