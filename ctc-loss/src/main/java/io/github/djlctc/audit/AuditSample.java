package io.github.djlctc.audit;

import ai.djl.ndarray.NDArray;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link LabelAudit} looks at of one sample: its target and, where they are known, its
 * frames and features.
 *
 * <p>Features are summed up when they are given, and not kept. So samples can be made on many
 * machines and sent to the one that audits them.
 *
 * @serial exclude
 */
public final class AuditSample implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;

    /** The class ids of the labels; null if there is a text. */
    private final long[] target;

    private final String text;

    /** Null if they are not known. */
    private final Integer frames;

    /** Null if there are none. */
    private final FeatureSummary features;

    private AuditSample(Builder builder) {
        id = Objects.requireNonNull(builder.id, "setId was not called");
        if ((builder.target == null) == (builder.text == null)) {
            throw new IllegalArgumentException(
                    "sample \"" + id + "\" needs either a target or a text");
        }
        target = builder.target;
        text = builder.text;
        frames = builder.frames;
        features = builder.features;
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    String id() {
        return id;
    }

    /** The class ids, not a copy; null if there is a text. */
    long[] target() {
        return target;
    }

    /** The transcript; null if there are class ids. */
    String text() {
        return text;
    }

    OptionalInt frames() {
        return frames == null ? OptionalInt.empty() : OptionalInt.of(frames);
    }

    Optional<FeatureSummary> features() {
        return Optional.ofNullable(features);
    }

    /** Builds an {@link AuditSample}. */
    public static final class Builder {

        private String id;
        private long[] target;
        private String text;
        private Integer frames;
        private FeatureSummary features;

        private Builder() {}

        /**
         * Sets the name that the sample is reported under.
         *
         * @param id a name that no other sample has
         * @return this builder
         */
        public Builder setId(String id) {
            this.id = id;
            return this;
        }

        /**
         * Sets the target as class ids.
         *
         * @param ids the ids without padding, any values
         * @return this builder
         */
        public Builder setTarget(long... ids) {
            target = ids.clone();
            return this;
        }

        /**
         * Sets the target as a transcript, for an audit with an alphabet; instead of {@link
         * #setTarget}.
         *
         * @param text any text
         * @return this builder
         */
        public Builder setText(String text) {
            this.text = text;
            return this;
        }

        /**
         * Sets the number of frames. Without it, lengths are not checked.
         *
         * @param frames the frames of the features, before subsampling, 0 or more
         * @return this builder
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder optFrames(int frames) {
            if (frames < 0) {
                throw new IllegalArgumentException("the number of frames is negative: " + frames);
            }
            this.frames = frames;
            return this;
        }

        /**
         * Sums up the features. Without them, values and duplicates are not checked.
         *
         * @param values the features, or the sound that they are made from, in any order
         * @return this builder
         */
        public Builder optFeatures(float[] values) {
            features = FeatureSummary.of(values);
            return this;
        }

        /**
         * Sums up the features, which are copied to the host for it.
         *
         * @param values the features, of any shape and any integer or floating type; looked at as
         *     float32
         * @return this builder
         * @throws IllegalArgumentException if the data type is neither
         */
        public Builder optFeatures(NDArray values) {
            features = FeatureSummary.of(values);
            return this;
        }

        /**
         * Builds the sample.
         *
         * @return the sample
         * @throws NullPointerException if no id was set
         * @throws IllegalArgumentException if not just one of target and text was set
         */
        public AuditSample build() {
            return new AuditSample(this);
        }
    }
}
