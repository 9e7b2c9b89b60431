package io.github.djlctc.examples.speech.audio;

/** A part of a file, in seconds. */
record AudioPart(double offsetSeconds, double durationSeconds) {

    static final AudioPart WHOLE = new AudioPart(0, Double.POSITIVE_INFINITY);

    AudioPart {
        if (!(offsetSeconds >= 0 && offsetSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the offset is " + offsetSeconds + " s");
        }
        if (!(durationSeconds > 0)) {
            throw new IllegalArgumentException("the duration is " + durationSeconds + " s");
        }
    }

    boolean isWhole() {
        return durationSeconds == Double.POSITIVE_INFINITY;
    }

    @Override
    public String toString() {
        return durationSeconds + " s from " + offsetSeconds + " s on";
    }
}
