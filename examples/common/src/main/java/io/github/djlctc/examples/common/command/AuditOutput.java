package io.github.djlctc.examples.common.command;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.audit.LabelAuditReport.Verdict;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/** The option that chooses how an audit is printed. */
public final class AuditOutput {

    private static final int BROKEN = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Creates the option; picocli sets it. */
    public AuditOutput() {}

    /**
     * Prints a report on the command's output.
     *
     * @param report the findings of an audit
     * @return the exit code: 1 if nothing can be trained on, else 0
     */
    public int print(LabelAuditReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.toJson() + "\n" : report.toText());
        out.flush();
        return report.verdict() == Verdict.BROKEN ? BROKEN : 0;
    }
}
