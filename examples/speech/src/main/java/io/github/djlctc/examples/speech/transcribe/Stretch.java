package io.github.djlctc.examples.speech.transcribe;

/**
 * A part of a sound. Positions are samples from the start of the sound.
 *
 * @param from the first sample
 * @param to the sample after the last one
 * @param startsAfterPause false if speech was cut at {@code from}, for want of a pause
 * @param endsAtPause false if speech is cut at {@code to}
 */
record Stretch(long from, long to, boolean startsAfterPause, boolean endsAtPause) {

    /** Tells whether there are pauses, or the ends of the sound, on both sides. */
    boolean isWhole() {
        return startsAfterPause && endsAtPause;
    }
}
