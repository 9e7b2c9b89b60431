package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.ProgramCommandLine;
import io.github.djlctc.examples.common.command.TrainingProgram;
import io.github.djlctc.examples.common.report.ProgramTerms;
import io.github.djlctc.examples.htr.corpus.LineSample;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import java.util.List;

/** The program {@code htr}: trains, evaluates and uses a reader of handwritten text lines. */
@Command(
        name = "htr",
        description = "Trains a CTC reader of handwritten text lines, and reads with it.",
        mixinStandardHelpOptions = true,
        version = "htr 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or a named file cannot be used",
            "2:wrong usage or unusable input",
            "141:the program that read the output has ended"
        })
public final class HtrCommand implements TrainingProgram {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    AuditCommand.class,
                    TrainCommand.class,
                    EvaluateCommand.class,
                    WriteEmissionsCommand.class,
                    ReadCommand.class,
                    ExportCommand.class);

    private static final ProgramTerms TERMS =
            new ProgramTerms(
                    LineSample.UNIT, "htr audit", "Read with: htr read --model %s IMAGE...");

    HtrCommand() {}

    /**
     * Runs the program and ends the JVM with its exit code: 0, 1 if it failed, 2 for wrong usage or
     * unusable input.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    @Override
    public ProgramTerms terms() {
        return TERMS;
    }

    @Override
    public CommandLine newCommandLine() {
        return commandLine();
    }

    /** The command line, with the command alone that the arguments, if any, begin with. */
    static CommandLine commandLine(String... arguments) {
        return ProgramCommandLine.of(new HtrCommand(), COMMANDS, arguments);
    }
}
