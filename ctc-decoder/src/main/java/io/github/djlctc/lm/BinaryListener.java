package io.github.djlctc.lm;

/** Is told how far {@link KenLMBinary} has come. */
@FunctionalInterface
public interface BinaryListener {

    /**
     * Takes progress.
     *
     * @param step what is done
     * @param nGrams the n-grams that this step has done since the last call
     * @param total all that it has to do
     */
    void onProgress(BinaryStep step, long nGrams, long total);
}
