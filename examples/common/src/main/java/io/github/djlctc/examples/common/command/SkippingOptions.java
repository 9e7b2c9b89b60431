package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;

import picocli.CommandLine.Option;

/** Options of every command that may meet samples that it cannot use. */
public final class SkippingOptions {

    @Option(
            names = "--strict",
            description = "Fail at the first sample that cannot be used, instead of skipping it.")
    private boolean strict;

    /** Creates the options; picocli sets them. */
    public SkippingOptions() {}

    /** {@return an empty list, which throws at the first sample if the option says so} */
    public SkippedSamples newSkippedSamples() {
        return new SkippedSamples(strict ? Policy.STRICT : Policy.SKIP);
    }
}
