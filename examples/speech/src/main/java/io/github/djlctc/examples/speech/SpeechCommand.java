package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.ProgramCommandLine;
import io.github.djlctc.examples.common.command.TrainingProgram;
import io.github.djlctc.examples.common.report.ProgramTerms;
import io.github.djlctc.examples.speech.corpus.Utterance;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import java.util.List;

/** The program {@code speech}: trains, evaluates and uses a speech recogniser. */
@Command(
        name = "speech",
        description = "Trains a CTC speech recogniser, and transcribes with it.",
        mixinStandardHelpOptions = true,
        version = "speech 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or a named file cannot be used",
            "2:wrong usage or unusable input",
            "141:the program that read the output has ended"
        })
public final class SpeechCommand implements TrainingProgram {

    private static final List<Class<?>> COMMANDS =
            List.of(
                    AuditCommand.class,
                    TrainCommand.class,
                    EvaluateCommand.class,
                    WriteEmissionsCommand.class,
                    TranscribeCommand.class,
                    ListenCommand.class,
                    ServeCommand.class,
                    SynthesizeCommand.class,
                    ExportCommand.class);

    private static final ProgramTerms TERMS =
            new ProgramTerms(
                    Utterance.UNIT,
                    "speech audit",
                    "Transcribe with: speech transcribe --model %s FILE...");

    SpeechCommand() {}

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
        return ProgramCommandLine.of(new SpeechCommand(), COMMANDS, arguments);
    }
}
