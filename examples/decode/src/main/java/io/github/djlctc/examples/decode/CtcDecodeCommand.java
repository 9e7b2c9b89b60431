package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.ProgramCommandLine;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import java.util.List;

/** The program {@code ctc-decode}: turns the output of CTC models into text. */
@Command(
        name = "ctc-decode",
        description = "Turns the emissions of CTC models, from any framework, into text.",
        mixinStandardHelpOptions = true,
        version = "ctc-decode 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage or unusable input",
            "141:the program that read the output has ended"
        })
public final class CtcDecodeCommand {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    DecodeCommand.class,
                    TuneCommand.class,
                    AlignCommand.class,
                    BuildLanguageModelCommand.class,
                    BuildBinaryCommand.class,
                    QueryLanguageModelCommand.class,
                    RehearseCommand.class);

    CtcDecodeCommand() {}

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
        return ProgramCommandLine.of(new CtcDecodeCommand(), COMMANDS, arguments);
    }
}
