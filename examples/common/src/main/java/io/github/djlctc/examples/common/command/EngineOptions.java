package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that runs a model. */
public final class EngineOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    // PyTorch's threads meet after every operation, and the operations are short: on two threads,
    // the speech example trained on 50 to 58 utterances per second, against 131 to 141 on one.
    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Threads of PyTorch's operators (default: ${DEFAULT-VALUE}). With 1, the same"
                            + " seed gives the same result; more pay for large models only.")
    private int threads;

    /** Creates the options; picocli sets them. */
    public EngineOptions() {}

    /** Sets the number of threads; to be called before the engine is first used. */
    public void apply() {
        new OptionRules(spec).requireWithin(1, OptionRules.MOST_THREADS, "--threads", threads);
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }

    /** Returns the number of threads. */
    int threads() {
        return threads;
    }
}
