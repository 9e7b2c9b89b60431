package io.github.djlctc.examples.common.command;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RehearsalTest {

    @Test
    void runsCommandsOnItsDataAndLeavesNothing() throws IOException {
        Path folder;
        try (Rehearsal rehearsal = Rehearsal.of(() -> new CommandLine(new Copy()))) {
            folder = rehearsal.text().getParent();
            Path copy = rehearsal.file("made").resolve("copy");

            rehearsal.run(rehearsal.references(), copy);

            assertThat(copy).hasSameTextualContentAs(rehearsal.references());
            assertThat(rehearsal.emissions()).isNotEmptyFile();
            assertThat(rehearsal.alphabet()).isNotEmptyFile();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void saysWhichCommandFailed() throws IOException {
        try (Rehearsal rehearsal = Rehearsal.of(() -> new CommandLine(new Copy()))) {
            assertThatThrownBy(() -> rehearsal.run("nothing"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the rehearsal of nothing ended with exit code 2");
        }
    }

    /** Copies a file into a new folder. */
    @Command(name = "copy")
    private static final class Copy implements Callable<Integer> {

        @Parameters(index = "0")
        private Path from;

        @Parameters(index = "1")
        private Path to;

        @Override
        public Integer call() throws IOException {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
            return 0;
        }
    }
}
