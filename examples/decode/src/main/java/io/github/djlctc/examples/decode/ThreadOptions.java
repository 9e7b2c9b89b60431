package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.OptionRules;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The number of threads. */
final class ThreadOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Decode this many utterances at a time (default: ${DEFAULT-VALUE}).")
    private int threads;

    void check() {
        new OptionRules(spec).requireWithin(1, OptionRules.MOST_THREADS, "--threads", threads);
    }

    int count() {
        return threads;
    }
}
