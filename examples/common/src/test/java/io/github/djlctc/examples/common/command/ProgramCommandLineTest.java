package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.file.InsufficientMemoryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ProgramCommandLineTest {

    private final StringWriter err = new StringWriter();

    @Command(name = "program")
    private record Program(Exception exception) implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            throw exception;
        }
    }

    private int execute(Exception exception) {
        CommandLine line = ProgramCommandLine.of(new Program(exception));
        return line.setErr(new PrintWriter(err)).execute();
    }

    @Command(
            name = "tool",
            mixinStandardHelpOptions = true,
            scope = ScopeType.INHERIT,
            exitCodeListHeading = "codes",
            exitCodeList = "7:lucky")
    private static final class Tool {}

    @Command(name = "count", description = "Counts.")
    private static final class Count implements Callable<Integer> {

        @Override
        public Integer call() {
            return 7;
        }
    }

    @Command(name = "add", description = "Adds.")
    private static final class Add implements Callable<Integer> {

        @Override
        public Integer call() {
            return 8;
        }
    }

    private CommandLine tool(String... arguments) {
        return ProgramCommandLine.of(new Tool(), List.of(Count.class, Add.class), arguments);
    }

    @Test
    void hasOnlyTheCommandThatTheArgumentsBeginWith() {
        assertThat(tool("add", "count").getSubcommands()).containsOnlyKeys("add");
        assertThat(tool("add").execute("add")).isEqualTo(8);
        assertThat(tool("add").getSubcommands().get("add").getUsageMessage())
                .contains("tool add", "--help", "codes", "lucky");
    }

    @Test
    void hasAllCommandsWhereTheArgumentsBeginWithNone() {
        assertThat(tool().getSubcommands()).containsOnlyKeys("count", "add");
        assertThat(tool("--help").getSubcommands()).containsOnlyKeys("count", "add");
        assertThat(tool("-V", "add").getSubcommands()).containsOnlyKeys("count", "add");

        String[] misspelled = {"ad"};
        int code = tool(misspelled).setErr(new PrintWriter(err)).execute(misspelled);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("Counts.", "Adds.", "Did you mean: tool add?");
    }

    @Test
    void tellsUnusableInputInOneLine() {
        assertThat(execute(new IOException("a"))).isEqualTo(2);
        assertThat(execute(new UncheckedIOException(new IOException("b")))).isEqualTo(2);
        assertThat(execute(new UnusableSampleException("c"))).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly("program: a", "program: b", "program: c");
    }

    /** It is no fault of the command line, and not of the program either. */
    @Test
    void aFullDiskIsNoUsageError() {
        IOException full = new IOException("No space left on device");

        assertThat(execute(full)).isEqualTo(1);
        assertThat(
                        execute(
                                catchThrowableOfType(
                                        OutputFileException.class,
                                        () ->
                                                OutputFileException.guard(
                                                        Path.of("a"),
                                                        () -> {
                                                            throw full;
                                                        }))))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "program: No space left on device",
                        "program: cannot write a: No space left on device");
    }

    @Command(name = "program")
    private static final class Printer implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().println("the result");
            return 0;
        }
    }

    /** What was not written must not look like success. */
    @Test
    void anOutputThatCannotBeWrittenIsAFailure() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        CommandLine line =
                ProgramCommandLine.of(
                        new Printer(), new StandardOutput(full), StandardCharsets.UTF_8);

        assertThat(line.setErr(new PrintWriter(err)).execute()).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "program: cannot write the standard output: No space left on device");
    }

    @Command(name = "program", mixinStandardHelpOptions = true, version = "program 1")
    private static final class EndlessPrinter implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            while (true) {
                spec.commandLine().getOut().println("a result");
            }
        }
    }

    /** Takes some bytes, and then fails as pipes and disks do. */
    private static StandardOutput takes(int bytes, String failure) {
        return new StandardOutput(
                new OutputStream() {
                    private int left = bytes;

                    @Override
                    public void write(int value) throws IOException {
                        if (left-- <= 0) {
                            throw new IOException(failure);
                        }
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "Broken pipe, 141, ''",
        "The pipe is being closed, 141, ''",
        "No space left on device, 1, program: cannot write the standard output: No space left on device"
    })
    @Timeout(30)
    void endsAtTheFirstLineThatIsLost(String failure, int exitCode, String message) {
        CommandLine line =
                ProgramCommandLine.of(
                        new EndlessPrinter(), takes(1_000, failure), StandardCharsets.UTF_8);

        assertThat(line.setErr(new PrintWriter(err)).execute()).isEqualTo(exitCode);
        assertThat(err.toString().strip()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version"})
    void lostHelpIsAFailureToo(String option) {
        CommandLine line =
                ProgramCommandLine.of(
                        new EndlessPrinter(), takes(0, "disk full"), StandardCharsets.UTF_8);

        assertThat(line.setErr(new PrintWriter(err)).execute(option)).isEqualTo(1);
        assertThat(err.toString()).contains("cannot write the standard output: disk full");
    }

    /** Some commands go on if one of their samples fails. */
    @Test
    void aLossThatACommandPassesOverIsAFailure() {
        CommandLine line =
                ProgramCommandLine.of(
                        new CarelessPrinter(), takes(0, "disk full"), StandardCharsets.UTF_8);

        assertThat(line.setErr(new PrintWriter(err)).execute()).isEqualTo(1);
        assertThat(err.toString()).contains("cannot write the standard output: disk full");
    }

    /** What is left of a line is lost when the output is flushed at the end. */
    @Test
    void aLossAtTheEndOfAFailureIsNoStackTrace() {
        CommandLine line =
                ProgramCommandLine.of(
                        new BrokenPrinter(), takes(0, "disk full"), StandardCharsets.UTF_8);

        assertThat(line.setErr(new PrintWriter(err)).execute()).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("program: cannot write the standard output: disk full");
    }

    @Command(name = "program")
    private static final class BrokenPrinter implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            spec.commandLine().getOut().print("a part of a line");
            throw new IOException("broken");
        }
    }

    @Command(name = "program")
    private static final class CarelessPrinter implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                spec.commandLine().getOut().println("a result");
            } catch (LostOutputException e) {
                return 0;
            }
            return 0;
        }
    }

    @Test
    void controlCharactersOfWhatIsReadAreEscaped() {
        CommandLine line = ProgramCommandLine.of(new Reader()).setErr(new PrintWriter(err));

        assertThat(line.execute("a", "b\u001b[2J\nc")).isEqualTo(2);
        assertThat(execute(new IOException("no such file: a\u009b\nb"))).isEqualTo(2);
        assertThat(err.toString())
                .contains("'b\\u001b[2J\\nc'", "program: no such file: a\\u009b\\nb")
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void writesItsOutput() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine line =
                ProgramCommandLine.of(
                        new Printer(), new StandardOutput(out), StandardCharsets.UTF_8);

        assertThat(line.setErr(new PrintWriter(err)).execute()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("the result");
        assertThat(err.toString()).isEmpty();
    }

    @Command(name = "program")
    private static final class Reader implements Callable<Integer> {

        @Parameters private Path file;

        @Override
        public Integer call() {
            return file.getNameCount();
        }
    }

    @Test
    void explainsWhatIsNoNameOfAFile() {
        CommandLine line = ProgramCommandLine.of(new Reader()).setErr(new PrintWriter(err));

        assertThat(line.execute("a/b/c")).isEqualTo(3);
        assertThat(line.execute("a\0b")).isEqualTo(2);

        assertThat(err.toString()).contains("not the name of a file: \"a\\u0000b\"");
    }

    /** A page of usage would hide it. */
    @Test
    void tellsWrongUsageInOneLine() {
        CommandLine line = ProgramCommandLine.of(new Reader()).setErr(new PrintWriter(err));

        assertThat(line.execute()).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "program: Missing required parameter: '<file>' (program --help shows the"
                                + " options)");
    }

    @Command(name = "program")
    private static final class Greedy implements Callable<Integer> {

        @Override
        public Integer call() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void tellsWantOfMemoryInOneLine() {
        CommandLine line = ProgramCommandLine.of(new Greedy()).setErr(new PrintWriter(err));

        assertThat(line.execute()).isEqualTo(1);

        assertThat(err.toString())
                .matches(
                        "program: out of memory \\(Java heap space\\): give less at a time, or allow"
                                + " more memory than now, such as JAVA_OPTS=-Xmx\\d+g\\R");
    }

    @Test
    void wantOfMemoryInAThreadIsNoStackTrace() {
        OutOfMemoryError shortage = new OutOfMemoryError("Java heap space");

        assertThat(execute(new IllegalStateException(new ExecutionException(shortage))))
                .isEqualTo(1);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith("program: out of memory (Java heap space): give less at a time");
    }

    /** It is no fault of the file. */
    @Test
    void namesTheFileThatDoesNotFitIntoMemory(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("lm.arpa"), new byte[3_000_000]);
        IOException exception = InsufficientMemoryException.of(file, new OutOfMemoryError("a"));

        for (Exception thrown : List.of(exception, new UncheckedIOException(exception))) {
            err.getBuffer().setLength(0);
            assertThat(execute(thrown)).isEqualTo(1);

            assertThat(err.toString())
                    .startsWith("program: " + file + " (3 MB) does not fit into the memory")
                    .containsPattern("JAVA_OPTS=-Xmx\\d+g\\R$");
        }
    }

    @Test
    void showsWhereTheProgramFailed() {
        assertThat(execute(new IllegalStateException("a"))).isEqualTo(1);

        assertThat(err.toString()).startsWith("program: a").contains("\tat ");
    }
}
