package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.OutputFileException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class ResumableLinesTest {

    private static final String KEY = "12ab";

    @TempDir Path folder;

    private Path file;
    private final List<String> earlier = new ArrayList<>();

    @BeforeEach
    void writeAnEarlierFile() throws IOException {
        file = Files.writeString(folder.resolve("out.jsonl"), "old\n");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Path growing() {
        return folder.resolve("out.jsonl.12ab.partial");
    }

    @Test
    void theEarlierFileStaysUntilTheEnd() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add("a");
            assertThat(file).hasContent("old");
            assertThat(growing()).hasContent("a");
            assertThat(lines.left()).hasValue(growing());

            lines.add("é");
            lines.finish();
            assertThat(lines.left()).isEmpty();
        }

        assertThat(Files.readString(file)).isEqualTo("a\né\n");
        assertThat(files()).containsExactly("out.jsonl");
    }

    @Test
    void goesOnAfterTheLinesOfAnEarlierRun() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add("a");
            lines.add("é");
        }
        Files.writeString(growing(), "not en", StandardOpenOption.APPEND);

        try (ResumableLines lines = ResumableLines.resume(file, KEY, earlier::add)) {
            assertThat(earlier).containsExactly("a", "é");
            assertThat(lines.count()).isEqualTo(2);
            lines.add("c");
            lines.finish();
        }

        assertThat(Files.readString(file)).isEqualTo("a\né\nc\n");
    }

    @Test
    void anotherKeyStartsAnew() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add("a");
        }

        try (ResumableLines lines = ResumableLines.resume(file, "34cd", earlier::add)) {
            assertThat(earlier).isEmpty();
            lines.add("b");
            lines.finish();
        }

        assertThat(file).hasContent("b");
        assertThat(growing()).hasContent("a");
    }

    @Test
    void withoutResumingTheLinesAreWrittenAnew() throws IOException {
        Files.write(growing(), List.of("a", "b"), StandardCharsets.UTF_8);

        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add("c");
            lines.finish();
        }

        assertThat(file).hasContent("c");
    }

    /** The link may lead to another file system, to which nothing can be moved at once. */
    @Test
    void growsBesideWhatALinkLeadsTo(@TempDir Path elsewhere) throws IOException {
        Path real = Files.writeString(elsewhere.resolve("real.jsonl"), "old\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), real);
        try (ResumableLines lines = ResumableLines.create(link, KEY)) {
            lines.add("a");
            assertThat(lines.left().orElseThrow())
                    .isEqualTo(real.toRealPath().resolveSibling("real.jsonl.12ab.partial"));
        }

        try (ResumableLines lines = ResumableLines.resume(link, KEY, earlier::add)) {
            lines.add("b");
            lines.finish();
        }

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo("a\nb\n");
    }

    /** The lines of both would be mixed. */
    @Test
    void twoRunsAtATimeAreRefused() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add("a");
            assertThatThrownBy(() -> ResumableLines.create(file, KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another run")
                    .hasMessageContaining(growing().toString());
            assertThatThrownBy(() -> ResumableLines.resume(file, KEY, earlier::add))
                    .hasMessageContaining("another run");
            lines.add("b");
            lines.finish();
        }

        assertThat(earlier).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("a\nb\n");
    }

    @Test
    void anEarlierLineThatCannotBeReadIsKept() throws IOException {
        Files.writeString(growing(), "a\nb\n");

        assertThatThrownBy(
                        () ->
                                ResumableLines.resume(
                                        file,
                                        KEY,
                                        line -> {
                                            throw new IOException("what is " + line);
                                        }))
                .hasMessage("what is a");
        assertThat(Files.readString(growing())).isEqualTo("a\nb\n");
    }

    @Test
    void ofARunWithoutLinesNothingIsLeft() throws IOException {
        ResumableLines.create(file, KEY).close();

        assertThat(files()).containsExactly("out.jsonl");
        assertThat(file).hasContent("old");
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full, as Linux and so CI have").exists();
        ResumableLines lines = ResumableLines.create(full, KEY);

        assertThatThrownBy(() -> lines.add("a"))
                .isInstanceOf(OutputFileException.class)
                .hasMessageContaining("cannot write /dev/full: No space left");
    }
}
