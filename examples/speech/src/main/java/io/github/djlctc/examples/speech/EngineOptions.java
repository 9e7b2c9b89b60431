package io.github.djlctc.examples.speech;

import picocli.CommandLine.Option;

/** Options of every command that runs the model. */
final class EngineOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of PyTorch's operators (default: all cores). With 1, the same seed gives"
                            + " the same result.")
    private int threads;

    /** Must be called before the engine is first used. */
    void apply() {
        if (threads > 0) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        }
    }
}
