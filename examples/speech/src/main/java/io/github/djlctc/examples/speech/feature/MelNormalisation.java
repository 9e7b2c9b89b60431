package io.github.djlctc.examples.speech.feature;

import java.util.Collections;
import java.util.List;

/**
 * What log-mel features are shifted and scaled by, the same for all sound, so that a frame can be
 * normalised as soon as it is there.
 *
 * @param means what is subtracted from each mel
 * @param deviations what each mel is then divided by
 */
public record MelNormalisation(List<Float> means, List<Float> deviations) {

    /**
     * Checks the values.
     *
     * @param means finite numbers
     * @param deviations as many numbers above 0
     * @throws IllegalArgumentException if they are something else
     */
    public MelNormalisation {
        if (means == null || deviations == null || means.size() != deviations.size()) {
            throw new IllegalArgumentException(
                    "the normalisation must have as many means as deviations");
        }
        for (int i = 0; i < means.size(); i++) {
            if (!isUsable(means.get(i), deviations.get(i))) {
                throw new IllegalArgumentException(
                        ("mel %d: a mean of %s and a deviation of %s, but finite numbers are"
                                        + " needed, and a deviation above 0")
                                .formatted(i, means.get(i), deviations.get(i)));
            }
        }
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
    }

    private static boolean isUsable(Float mean, Float deviation) {
        return mean != null
                && deviation != null
                && Float.isFinite(mean)
                && Float.isFinite(deviation)
                && deviation > 0;
    }

    /**
     * Returns a normalisation that changes nothing.
     *
     * @param mels the number of mels
     * @return means of 0 and deviations of 1
     */
    public static MelNormalisation none(int mels) {
        return new MelNormalisation(Collections.nCopies(mels, 0f), Collections.nCopies(mels, 1f));
    }
}
