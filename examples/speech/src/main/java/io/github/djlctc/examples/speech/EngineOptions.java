package io.github.djlctc.examples.speech;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that runs the model. */
final class EngineOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    // Small operations take longer on two threads than on one: 37 utterances per second in training
    // against 57.
    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Threads of PyTorch's operators (default: ${DEFAULT-VALUE}). With 1, the same"
                            + " seed gives the same result; more pay for large models only.")
    private int threads;

    /** Must be called before the engine is first used. */
    void apply() {
        if (threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--threads must be 1 or more: " + threads);
        }
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
}
