package io.github.djlctc.lm.estimate;

/** The steps of estimating a model, in their order. */
public enum EstimationStep {

    /** Reads words. */
    READING("words"),

    /** Sorts the longest n-grams of the text. */
    COUNTING("words"),

    /** Merges them and counts the shorter ones. */
    ADJUSTING("n-grams"),

    /** Sorts the n-grams by context. */
    DISCOUNTING("n-grams"),

    /** Computes probabilities and back-off weights. */
    INTERPOLATING("n-grams"),

    /** Writes the file. */
    WRITING("n-grams");

    private final String unit;

    EstimationStep(String unit) {
        this.unit = unit;
    }

    /**
     * Returns what is counted in this step.
     *
     * @return the unit, in the plural
     */
    public String unit() {
        return unit;
    }
}
