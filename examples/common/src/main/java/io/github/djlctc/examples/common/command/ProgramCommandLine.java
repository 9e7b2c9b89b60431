package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.StoppedException;
import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.examples.common.console.Terminal;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The command line of a program with commands, and its exit codes: 0 if all is well, 1 if the
 * program failed, could not print its results or could use only some of the files that it was
 * given, 2 for wrong usage or unusable input.
 *
 * <p>Prints UTF-8, or what the terminal takes. Opts out of DJL's usage tracking, unless the user
 * has decided.
 *
 * <p>Wrong usage is told in one line, which names {@code --help}. Unusable input ({@link
 * IOException}, {@link UncheckedIOException}, {@link UnusableSampleException}) is told in one line
 * that starts with the name of the program; anything else is a failure of the program, and shows
 * where.
 */
public final class ProgramCommandLine {

    private ProgramCommandLine() {}

    /**
     * Creates the command line of a program.
     *
     * @param program an object with picocli's annotations
     * @return the command line
     */
    public static CommandLine of(Object program) {
        UsageTracking.optOut();
        // What other programs read is UTF-8, whatever the locale.
        Charset charset = Terminal.find().map(Console::charset).orElse(StandardCharsets.UTF_8);
        // Not System.out, which does not say why it cannot write.
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        return of(program, out, charset);
    }

    static CommandLine of(Object program, StandardOutput out, Charset charset) {
        return new CommandLine(program)
                .setOut(new PrintWriter(new OutputStreamWriter(out, charset), true))
                .setErr(new PrintWriter(new OutputStreamWriter(System.err, charset), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, ProgramCommandLine::path)
                .setParameterExceptionHandler((e, arguments) -> reportUsage(e))
                .setExecutionStrategy(parsed -> execute(parsed, out))
                .setExecutionExceptionHandler((e, line, parsed) -> report(e, line));
    }

    /** Prints the message in one line, since a page of usage would hide it. */
    private static int reportUsage(ParameterException exception) {
        CommandLine line = exception.getCommandLine();
        PrintWriter err = line.getErr();
        if (!line.getSubcommands().isEmpty()) {
            line.usage(err);
        }
        UnmatchedArgumentException.printSuggestions(exception, err);
        CommandSpec command = line.getCommandSpec();
        err.println(
                "%s: %s (%s --help shows the options)"
                        .formatted(
                                command.root().name(),
                                exception.getMessage(),
                                command.qualifiedName()));
        return CommandLine.ExitCode.USAGE;
    }

    private static int run(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            CommandLine line = parsed.commandSpec().commandLine();
            line.getErr()
                    .println(
                            "%s: out of memory (%s): give less at a time, or more memory with java"
                                            .formatted(line.getCommandName(), e.getMessage())
                                    + " -Xmx");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static int execute(ParseResult parsed, StandardOutput out) {
        int code = run(parsed);
        CommandLine line = parsed.commandSpec().commandLine();
        line.getOut().flush();
        if (out.failure().isEmpty()) {
            return code;
        }
        line.getErr()
                .println(
                        line.getCommandSpec().root().name()
                                + ": cannot write the standard output: "
                                + ErrorText.of(out.failure().get()));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int report(Exception exception, CommandLine line) {
        boolean input =
                exception instanceof IOException
                        || exception instanceof UncheckedIOException
                        || exception instanceof UnusableSampleException;
        String program = line.getCommandSpec().root().name();
        line.getErr().println(program + ": " + ErrorText.of(exception));
        if (exception instanceof StoppedException stopped) {
            stopped.told();
        } else if (!input) {
            exception.printStackTrace(line.getErr());
        }
        return input && !isFailureToWrite(exception)
                ? CommandLine.ExitCode.USAGE
                : CommandLine.ExitCode.SOFTWARE;
    }

    /** Tells whether a file was not written for a reason that is not the command line's. */
    private static boolean isFailureToWrite(Exception e) {
        return ErrorText.isDiskFull(e)
                || (e instanceof OutputFileException
                        && !(e.getCause() instanceof FileSystemException));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(ErrorText.of(e));
        }
    }
}
