package io.github.djlctc.examples.speech.feature;

import java.util.Objects;

/**
 * How a model's features are made; saved with the model, so that transcription uses the same.
 *
 * @param kind where the features come from
 * @param sampleRate the rate of the sound in Hz, for {@link Kind#LOG_MEL}
 * @param dimensions the mel filters, or the values per frame of the precomputed features
 * @param frameSeconds the time between precomputed frames in seconds, for {@link
 *     Kind#PRECOMPUTED_WITH_DELTAS}
 */
public record FeatureConfig(Kind kind, int sampleRate, int dimensions, double frameSeconds) {

    /**
     * Checks that there is a kind.
     *
     * @param kind where the features come from
     * @param sampleRate the rate of the sound in Hz
     * @param dimensions the values per frame
     * @param frameSeconds the time between precomputed frames in seconds
     */
    public FeatureConfig {
        Objects.requireNonNull(kind, "the kind of features is missing or unknown");
    }

    /** Where features come from. */
    public enum Kind {
        /** Log-mel features of sound: {@link LogMelFilterbank}. */
        LOG_MEL,
        /** Precomputed features with their differences: {@link DeltaFeatures}. */
        PRECOMPUTED_WITH_DELTAS
    }

    /**
     * Returns the configuration of log-mel features.
     *
     * @param sampleRate the rate of the sound in Hz
     * @param mels the number of mel filters
     * @return the configuration
     */
    public static FeatureConfig logMel(int sampleRate, int mels) {
        return new FeatureConfig(Kind.LOG_MEL, sampleRate, mels, 0);
    }

    /**
     * Returns the configuration of precomputed features with differences.
     *
     * @param dimensions the values per frame
     * @param frameSeconds the time from one frame to the next
     * @return the configuration
     */
    public static FeatureConfig precomputed(int dimensions, double frameSeconds) {
        return new FeatureConfig(Kind.PRECOMPUTED_WITH_DELTAS, 0, dimensions, frameSeconds);
    }

    /**
     * Creates the extractor.
     *
     * @return the extractor
     * @throws IllegalArgumentException if a value is out of its range
     */
    public FeatureExtractor extractor() {
        return kind == Kind.LOG_MEL
                ? new LogMelFilterbank(sampleRate, dimensions)
                : new DeltaFeatures(dimensions, frameSeconds);
    }

    /**
     * Creates an extractor that normalises all sound alike.
     *
     * @param normalisation the shift and scale of each mel
     * @return the extractor
     * @throws IllegalArgumentException if a value is out of its range, the features are not log-mel
     *     features, or have another number of mels than the normalisation
     */
    public LogMelFilterbank extractor(MelNormalisation normalisation) {
        if (kind != Kind.LOG_MEL || normalisation.means().size() != dimensions) {
            throw new IllegalArgumentException(
                    "a normalisation of %d mels does not fit to features of %d values, %s"
                            .formatted(normalisation.means().size(), dimensions, kind));
        }
        return new LogMelFilterbank(sampleRate, normalisation);
    }
}
