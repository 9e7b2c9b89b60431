package io.github.djlctc.lm.estimate;

/** Is told how far an estimation has come. */
@FunctionalInterface
public interface EstimationListener {

    /**
     * Takes progress; any thread may call this, several at one time.
     *
     * @param step what is done
     * @param units the words or n-grams that this step has done since the last call
     */
    void onProgress(EstimationStep step, long units);
}
