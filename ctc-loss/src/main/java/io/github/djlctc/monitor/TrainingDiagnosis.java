package io.github.djlctc.monitor;

/** What the statistics of the epochs so far say about a training run. */
public enum TrainingDiagnosis {
    /** Nothing is wrong. */
    HEALTHY("none"),
    /**
     * Greedy decoding gives empty texts, and the loss still falls or training has only begun. CTC
     * learns to give blanks first, since they fit every target.
     */
    BLANK_PLATEAU(
            "normal in the first epochs: go on while the loss falls; a learning rate that rises"
                    + " to its highest value over some hundred steps shortens it"),
    /** Greedy decoding gives empty texts, and the loss has stopped falling. */
    COLLAPSED_TO_BLANK(
            "raise the learning rate or warm it up, check that features and transcripts belong"
                    + " together and that the features are normalised, and overfit one batch"
                    + " before going on"),
    /**
     * Greedy decoding gives a single label where more are due, and the loss has stopped falling.
     */
    ONE_LABEL_THEN_BLANKS(
            "check that input lengths count frames of the logits, and that no reshape mixes the"
                    + " batch and time dimensions (transpose instead); give the model context over"
                    + " time"),
    /** One sample in 20 or more has too few frames for its target. */
    INFEASIBLE_TARGETS(
            "subsample less, split long transcripts, or leave these samples out; check that"
                    + " augmentation does not shorten samples beyond what their transcripts need,"
                    + " and that input lengths count frames of the logits"),
    /** One step in 20 or more was left out since its loss or gradient was not finite. */
    SKIPPED_STEPS("correct the samples that the warnings name, or lower the learning rate"),
    /** The loss of a sample is negative, which the negative logarithm of a probability never is. */
    NEGATIVE_LOSS(
            "posteriors add up to more than 1: normalise the logits (CTCLoss does so itself), and"
                    + " give the model one class per label plus the blank, 2 or more");

    private final String remedy;

    TrainingDiagnosis(String remedy) {
        this.remedy = remedy;
    }

    /**
     * Returns what to do about it.
     *
     * @return a part of a sentence
     */
    public String remedy() {
        return remedy;
    }
}
