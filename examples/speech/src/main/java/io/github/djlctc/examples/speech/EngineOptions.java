package io.github.djlctc.examples.speech;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that runs the model. */
final class EngineOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of PyTorch's operators (default: all cores). With 1, the same seed gives"
                            + " the same result.")
    private Integer threads;

    /** Must be called before the engine is first used. */
    void apply() {
        if (threads == null) {
            return;
        }
        if (threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--threads must be 1 or more: " + threads);
        }
        System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
    }
}
