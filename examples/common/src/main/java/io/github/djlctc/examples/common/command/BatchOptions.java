package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.train.BatchBounds;

import picocli.CommandLine.Option;

import java.util.Objects;
import java.util.OptionalLong;

/** Options that say how many samples and frames a batch of training has. */
public final class BatchOptions {

    static final String BATCH_SIZE = "--batch-size";

    @Option(
            names = BATCH_SIZE,
            paramLabel = "N",
            description = "Samples per step (default: what suits the data).")
    private Integer samples;

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
     * @param defaults the options that depend on the data
     * @return what the options say
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BatchBounds bounds(TrainingDefaults defaults) {
        return new BatchBounds(
                Objects.requireNonNullElse(samples, defaults.batchSize()),
                frames == null ? OptionalLong.empty() : OptionalLong.of(frames));
    }
}
