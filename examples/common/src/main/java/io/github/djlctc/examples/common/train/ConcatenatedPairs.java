package io.github.djlctc.examples.common.train;

/**
 * How many training samples follow each other in one.
 *
 * @param pairs the pairs
 * @param samples all samples that are used, those in pairs included
 */
public record ConcatenatedPairs(int pairs, int samples) {

    /**
     * Returns how many samples an epoch has.
     *
     * @return pairs and other samples
     */
    public int samplesPerEpoch() {
        return samples - pairs;
    }
}
