package io.github.djlctc.examples.common.train;

import io.github.djlctc.batch.LengthBucketSampler;

import java.util.OptionalLong;

/**
 * What a batch may hold.
 *
 * @param samples the most samples
 * @param frames the most frames of features, padding included; nothing for no limit. A longer
 *     sample is a batch of its own
 */
public record BatchBounds(int samples, OptionalLong frames) {

    /**
     * Checks the ranges.
     *
     * @param samples 1 or more
     * @param frames 1 or more, if there is a limit
     */
    public BatchBounds {
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "batch size: " + samples + " is out of range, 1 or more expected");
        }
        if (frames.isPresent() && frames.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "frames of a batch: "
                            + frames.getAsLong()
                            + " is out of range, 1 or more expected");
        }
    }

    /**
     * Returns bounds without a limit of frames.
     *
     * @param samples the most samples, 1 or more
     * @return the bounds
     */
    public static BatchBounds ofSamples(int samples) {
        return new BatchBounds(samples, OptionalLong.empty());
    }

    /** Returns a builder of samplers that keep to the bounds. */
    LengthBucketSampler.Builder sampler() {
        LengthBucketSampler.Builder builder = LengthBucketSampler.builder().optBatchSize(samples);
        frames.ifPresent(builder::optMaxFrames);
        return builder;
    }

    /** Returns the bounds in words, such as "batches of 16, of up to 48000 frames". */
    @Override
    public String toString() {
        return "batches of "
                + samples
                + (frames.isPresent() ? ", of up to " + frames.getAsLong() + " frames" : "");
    }
}
