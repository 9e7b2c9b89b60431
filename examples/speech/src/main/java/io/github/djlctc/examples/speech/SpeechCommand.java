package io.github.djlctc.examples.speech;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code speech}: trains, evaluates and uses a speech recogniser. */
@Command(
        name = "speech",
        description = "Trains a CTC speech recogniser, and transcribes with it.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        subcommands = {TrainCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class SpeechCommand {

    SpeechCommand() {}

    /**
     * Runs the program and ends the JVM with its exit code: 0, 1 if it failed, 2 for bad usage or
     * input.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SpeechCommand()).execute(arguments));
    }
}
