package io.github.djlctc.examples.ocr;

import io.github.djlctc.examples.common.command.ProgramCommandLine;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program {@code ocr}: reads printed lines with a pre-trained model. */
@Command(
        name = "ocr",
        description = "Reads printed text lines with a pre-trained CTC model on ONNX Runtime.",
        mixinStandardHelpOptions = true,
        version = "ocr 0.1.0",
        scope = ScopeType.INHERIT,
        subcommands = ReadCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or a named file cannot be used",
            "2:wrong usage or unusable input",
            "141:the program that read the output has ended"
        })
public final class OcrCommand {

    OcrCommand() {}

    /**
     * Runs the program and ends the JVM with its exit code: 0, 1 if it failed, 2 for wrong usage or
     * unusable input.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return ProgramCommandLine.of(new OcrCommand());
    }
}
