package io.github.djlctc.examples.speech;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that chooses between tables and JSON. */
final class ReportOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    Report open() {
        return json
                ? new JsonReport(spec.commandLine().getOut())
                : new TextReport(spec.commandLine().getOut());
    }
}
