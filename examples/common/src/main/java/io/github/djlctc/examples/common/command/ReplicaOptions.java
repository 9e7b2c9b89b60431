package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Option;

/** The option that says how many threads train. */
final class ReplicaOptions {

    /** The option, which is recorded for a resumed run, since rounding depends on it. */
    static final String NAME = "--replicas";

    /** Fewer samples than this take longer on another thread than it saves. */
    private static final int LEAST_SAMPLES = 2;

    @Option(
            names = NAME,
            paramLabel = "N",
            description =
                    "Threads that train on the CPU, each with a share of every batch (default: one"
                            + " a core, as far as that leaves each 2 samples or more). Results are"
                            + " the same to the bit for the same number, and differ by rounding"
                            + " otherwise.")
    private Integer replicas;

    /** Creates the option; picocli sets it. */
    ReplicaOptions() {}

    /**
     * Returns how many threads train.
     *
     * @param batch the samples of a batch
     * @param engineThreads the threads of PyTorch's operators
     */
    int replicas(int batch, int engineThreads, OptionRules rules) {
        if (replicas != null) {
            rules.requireWithin(1, OptionRules.MOST_THREADS, NAME, replicas);
            return replicas;
        }
        int cores = Runtime.getRuntime().availableProcessors() / Math.max(1, engineThreads);
        return Math.max(1, Math.min(cores, batch / LEAST_SAMPLES));
    }
}
