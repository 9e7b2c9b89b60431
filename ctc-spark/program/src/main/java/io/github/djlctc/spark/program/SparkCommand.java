package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.ProgramCommandLine;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import java.util.List;

/** The program {@code ctc-spark}: what {@code ctc-decode} does, on Apache Spark. */
@Command(
        name = "ctc-spark",
        description =
                "Decodes, transcribes and audits corpora, and counts n-grams, on Apache Spark.",
        mixinStandardHelpOptions = true,
        version = "ctc-spark 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage or unusable input",
            "141:the program that read the output has ended"
        })
public final class SparkCommand {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    DecodeCommand.class,
                    TranscribeCommand.class,
                    AuditCommand.class,
                    BuildLanguageModelCommand.class,
                    RehearseCommand.class);

    SparkCommand() {}

    /**
     * Runs the program and ends the JVM with its exit code: 0, 1 if it failed, 2 for wrong usage or
     * unusable input.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /** The command line, with the command alone that the arguments, if any, begin with. */
    static CommandLine commandLine(String... arguments) {
        return ProgramCommandLine.of(new SparkCommand(), COMMANDS, arguments);
    }
}
