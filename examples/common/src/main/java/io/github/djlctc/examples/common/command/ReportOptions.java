package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.report.JsonReport;
import io.github.djlctc.examples.common.report.ProgramTerms;
import io.github.djlctc.examples.common.report.RunReport;
import io.github.djlctc.examples.common.report.TextReport;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that chooses between tables and JSON. */
public final class ReportOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    /** Creates the options; picocli sets them. */
    public ReportOptions() {}

    /**
     * Opens the report on the command's output.
     *
     * @param terms the words of the program's reports
     * @return the report that was chosen
     */
    public RunReport open(ProgramTerms terms) {
        return json
                ? new JsonReport(spec.commandLine().getOut())
                : new TextReport(spec.commandLine().getOut(), terms);
    }
}
