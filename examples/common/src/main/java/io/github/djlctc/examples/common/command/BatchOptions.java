package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.train.BatchBounds;

import picocli.CommandLine.Option;

import java.util.OptionalLong;

/** Options that say how many samples and frames a batch of training has. */
public final class BatchOptions {

    @Option(
            names = "--batch-size",
            defaultValue = "16",
            paramLabel = "N",
            description = "Samples per step (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--max-batch-frames",
            paramLabel = "N",
            description =
                    "The most feature frames per step, padding included, so that long samples come"
                            + " in smaller batches (default: no limit).")
    private Long frames;

    /** Creates the options; picocli sets them. */
    public BatchOptions() {}

    /**
     * Returns the bounds of a batch.
     *
     * @return what the options say
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BatchBounds bounds() {
        return new BatchBounds(
                samples, frames == null ? OptionalLong.empty() : OptionalLong.of(frames));
    }
}
