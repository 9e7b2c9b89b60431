package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.StoppedException;
import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.examples.common.console.PrintableWriter;
import io.github.djlctc.examples.common.console.Terminal;
import io.github.djlctc.examples.common.train.BatchMemoryException;
import io.github.djlctc.examples.common.train.EngineStartException;
import io.github.djlctc.file.InsufficientMemoryException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
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
import java.util.List;
import java.util.Optional;

/**
 * The command line of a program with commands, and its exit codes: 0 if all is well, 1 if the
 * program failed, could not print its results or could use only some of the files that it was
 * given, 2 for wrong usage or unusable input, 141 if the program behind the pipe has ended, which
 * is not told.
 *
 * <p>Prints UTF-8, or what the terminal takes, with the control characters of what was read
 * escaped. A program ends at the first line that cannot be written. Opts out of DJL's usage
 * tracking, unless the user has decided.
 *
 * <p>Wrong usage is told in one line, which names {@code --help}. Unusable input ({@link
 * IOException}, {@link UncheckedIOException}, {@link UnusableSampleException}) is told in one line
 * that starts with the name of the program, and so are want of memory and an engine that does not
 * start; anything else is a failure of the program, and shows where.
 */
public final class ProgramCommandLine {

    /** The start scripts take it, after their own -Xmx. */
    private static final String MORE_MEMORY =
            "allow more memory than now, such as JAVA_OPTS=-Xmx%dg"
                    .formatted(2 * Math.max(1, Runtime.getRuntime().maxMemory() >> 30));

    private static final String ENGINE_MEMORY =
            "that is memory of the engine, not of Java: leave the sample out, or cut it into parts";

    /** The exit code of a program that is ended by SIGPIPE, as shells give it. */
    private static final int CLOSED_PIPE = 141;

    private ProgramCommandLine() {}

    /**
     * Creates the command line of a program.
     *
     * @param program an object with picocli's annotations
     * @return the command line
     */
    public static CommandLine of(Object program) {
        return set(new CommandLine(program));
    }

    /**
     * Creates the command line of a program with commands. If the arguments begin with one of them,
     * it has only that one: to read the options of all takes longer than many a command.
     *
     * @param program an object with picocli's annotations
     * @param commands the classes of its commands
     * @param arguments what the program was given; none for a command line with all commands
     * @return the command line
     */
    public static CommandLine of(Object program, List<Class<?>> commands, String... arguments) {
        CommandLine line = new CommandLine(program);
        named(commands, arguments).forEach(line::addSubcommand);
        return set(line);
    }

    private static List<Class<?>> named(List<Class<?>> commands, String... arguments) {
        return commands.stream()
                .filter(command -> arguments.length > 0 && isNamed(command, arguments[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(commands);
    }

    private static boolean isNamed(Class<?> command, String name) {
        return command.getAnnotation(Command.class).name().equals(name);
    }

    private static CommandLine set(CommandLine line) {
        UsageTracking.optOut();
        // What other programs read is UTF-8, whatever the locale.
        Charset charset = Terminal.find().map(Console::charset).orElse(StandardCharsets.UTF_8);
        // Not System.out, which does not say why it cannot write.
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        return set(line, out, charset);
    }

    static CommandLine of(Object program, StandardOutput out, Charset charset) {
        return set(new CommandLine(program), out, charset);
    }

    private static CommandLine set(CommandLine line, StandardOutput out, Charset charset) {
        Handlers handlers = new Handlers(out);
        return line.setOut(new PrintWriter(new OutputStreamWriter(out, charset), true))
                .setErr(new PrintWriter(new OutputStreamWriter(System.err, charset), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new PathConverter())
                .setParameterExceptionHandler(handlers)
                .setExecutionStrategy(handlers)
                .setExecutionExceptionHandler(handlers);
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
                                Printable.line(exception.getMessage()),
                                command.qualifiedName()));
        return CommandLine.ExitCode.USAGE;
    }

    /** Runs a command, which prints without the control characters of what it read. */
    private static int run(ParseResult parsed) {
        CommandLine program = parsed.commandSpec().commandLine();
        program.setOut(new PrintableWriter(program.getOut()));
        program.setErr(new PrintableWriter(program.getErr()));
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            return report(e, program);
        }
    }

    private static int execute(ParseResult parsed, StandardOutput out) {
        CommandLine line = parsed.commandSpec().commandLine();
        try {
            int code = runAndFlush(parsed, line);
            return out.failure().map(lost -> report(lost, line)).orElse(code);
        } catch (RuntimeException e) {
            if (out.failure().isPresent()) {
                return report(out.failure().get(), line);
            }
            throw e;
        }
    }

    private static int runAndFlush(ParseResult parsed, CommandLine line) {
        try {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            return helped == null ? run(parsed) : helped;
        } finally {
            line.getOut().flush();
        }
    }

    private static int report(LostOutputException lost, CommandLine line) {
        if (lost.isClosedPipe()) {
            return CLOSED_PIPE;
        }
        line.getErr().println(line.getCommandSpec().root().name() + ": " + lost.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int report(OutOfMemoryError e, CommandLine line) {
        line.getErr()
                .println(
                        "%s: out of memory (%s): give less at a time, or %s"
                                .formatted(
                                        line.getCommandSpec().root().name(),
                                        e.getMessage(),
                                        MORE_MEMORY));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int report(Exception exception, CommandLine line) {
        if (exception instanceof UncheckedIOException unchecked) {
            return report(unchecked.getCause(), line);
        }
        boolean isMemory =
                exception instanceof InsufficientMemoryException
                        || exception instanceof BatchMemoryException;
        Optional<OutOfMemoryError> shortage = shortage(exception);
        if (shortage.isPresent() && !isMemory) {
            return report(shortage.get(), line);
        }
        boolean isInput =
                exception instanceof IOException || exception instanceof UnusableSampleException;
        boolean isKnown = isInput || isMemory || exception instanceof EngineStartException;
        String message = ErrorText.of(exception);
        line.getErr()
                .println(
                        "%s: %s%s"
                                .formatted(
                                        line.getCommandSpec().root().name(),
                                        isKnown ? Printable.line(message) : message,
                                        isMemory ? "; " + remedy(shortage) : ""));
        if (exception instanceof StoppedException stopped) {
            stopped.told();
        } else if (!isKnown) {
            exception.printStackTrace(line.getErr());
        }
        return isInput && !isMemory && !isFailureToWrite(exception)
                ? CommandLine.ExitCode.USAGE
                : CommandLine.ExitCode.SOFTWARE;
    }

    /** Java's limit is no remedy where the engine has too little. */
    private static String remedy(Optional<OutOfMemoryError> shortage) {
        return shortage.isPresent() ? MORE_MEMORY : ENGINE_MEMORY;
    }

    /** Finds a want of memory behind what a thread of a command has thrown. */
    private static Optional<OutOfMemoryError> shortage(Throwable exception) {
        for (Throwable e = exception; e != null; e = e.getCause()) {
            if (e instanceof OutOfMemoryError error) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /** Tells whether a file was not written for a reason that is not the command line's. */
    private static boolean isFailureToWrite(Exception e) {
        return ErrorText.isDiskFull(e)
                || (e instanceof OutputFileException
                        && !(e.getCause() instanceof FileSystemException));
    }

    // Classes, since lambdas would keep picocli's interfaces, which are of Java 5, and all that
    // implements them, out of the archive of classes.

    private record Handlers(StandardOutput out)
            implements IParameterExceptionHandler, IExecutionStrategy, IExecutionExceptionHandler {

        @Override
        public int handleParseException(ParameterException exception, String[] arguments) {
            return reportUsage(exception);
        }

        @Override
        public int execute(ParseResult parsed) {
            return ProgramCommandLine.execute(parsed, out);
        }

        @Override
        public int handleExecutionException(
                Exception exception, CommandLine line, ParseResult parsed) {
            return report(exception, line);
        }
    }

    private static final class PathConverter implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException(ErrorText.of(e));
            }
        }
    }
}
