package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.OutputFileException;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static JsonObject line(String text) {
        JsonObject object = new JsonObject();
        object.addProperty("text", text);
        return object;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void addEarlier(JsonObject object) {
        earlier.add(object.get("text").getAsString());
    }

    private Path growing() {
        return folder.resolve("out.jsonl.12ab.partial");
    }

    @Test
    void theEarlierFileStaysUntilTheEnd() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add(line("a"));
            assertThat(file).hasContent("old");
            assertThat(growing()).hasContent("{\"text\":\"a\"}");
            assertThat(lines.leftNote("songs"))
                    .hasValue(
                            "the results of 1 songs are kept in "
                                    + growing()
                                    + "; the same command with --resume goes on after them");

            lines.add(line("é"));
            lines.finish();
            assertThat(lines.leftNote("songs")).isEmpty();
        }

        assertThat(Files.readString(file)).isEqualTo("{\"text\":\"a\"}\n{\"text\":\"é\"}\n");
        assertThat(files()).containsExactly("out.jsonl");
    }

    @Test
    void goesOnAfterTheLinesOfAnEarlierRun() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add(line("a"));
            lines.add(line("é"));
        }
        Files.writeString(growing(), "not en", StandardOpenOption.APPEND);

        try (ResumableLines lines =
                ResumableLines.resume(
                        file, KEY, object -> earlier.add(object.get("text").getAsString()))) {
            assertThat(earlier).containsExactly("a", "é");
            assertThat(lines.count()).isEqualTo(2);
            lines.add(line("c"));
            lines.finish();
        }

        assertThat(Files.readString(file))
                .isEqualTo("{\"text\":\"a\"}\n{\"text\":\"é\"}\n{\"text\":\"c\"}\n");
    }

    @Test
    void anotherKeyStartsAnew() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add(line("a"));
        }

        try (ResumableLines lines =
                ResumableLines.resume(
                        file, "34cd", object -> earlier.add(object.get("text").getAsString()))) {
            assertThat(earlier).isEmpty();
            lines.add(line("b"));
            lines.finish();
        }

        assertThat(file).hasContent("{\"text\":\"b\"}");
        assertThat(growing()).hasContent("{\"text\":\"a\"}");
    }

    @Test
    void whatRunsOfOtherKeysLeftCanBeDiscarded() throws IOException {
        Files.write(growing(), List.of("a"));
        Files.write(folder.resolve("out.jsonl.34cd.partial"), List.of("b"));
        Files.write(folder.resolve("other.jsonl.34cd.partial"), List.of("c"));

        ResumableLines.discardOthers(file, KEY);

        assertThat(files())
                .containsExactly("other.jsonl.34cd.partial", "out.jsonl", "out.jsonl.12ab.partial");
    }

    @Test
    void aRunThatHasNotEndedIsNotDiscarded() throws IOException {
        try (ResumableLines other = ResumableLines.create(file, "34cd")) {
            other.add(line("a"));
            assertThatThrownBy(() -> ResumableLines.discardOthers(file, KEY))
                    .isInstanceOf(OutputFileException.class)
                    .hasMessageContaining("another run writes it");
            other.finish();
        }

        assertThat(file).hasContent("{\"text\":\"a\"}");
    }

    @Test
    void whoWantsToGoOnIsToldIfThereIsNothing() throws IOException {
        try (ResumableLines lines = ResumableLines.resume(file, KEY, this::addEarlier)) {
            assertThat(lines.anewNote().orElseThrow())
                    .contains("no earlier run")
                    .contains(file.toString());
            lines.add(line("a"));
        }
        try (ResumableLines lines = ResumableLines.resume(file, KEY, this::addEarlier)) {
            assertThat(lines.anewNote()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "[]", "{", "{}", "{\"text\":{}}"})
    void linesOfAnotherKindAreDamage(String line) throws IOException {
        Files.write(growing(), List.of(line));

        assertThatThrownBy(
                        () ->
                                ResumableLines.resume(
                                        file,
                                        KEY,
                                        object -> earlier.add(object.get("text").getAsString())))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "what an earlier run left of " + file + " is damaged; leave out --resume");
    }

    @Test
    void withoutResumingTheLinesAreWrittenAnew() throws IOException {
        Files.write(growing(), List.of("a", "b"), StandardCharsets.UTF_8);

        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add(line("c"));
            lines.finish();
        }

        assertThat(file).hasContent("{\"text\":\"c\"}");
    }

    /** The link may lead to another file system, to which nothing can be moved at once. */
    @Test
    void growsBesideWhatALinkLeadsTo(@TempDir Path elsewhere) throws IOException {
        Path real = Files.writeString(elsewhere.resolve("real.jsonl"), "old\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), real);
        try (ResumableLines lines = ResumableLines.create(link, KEY)) {
            lines.add(line("a"));
            assertThat(lines.leftNote("songs").orElseThrow())
                    .contains(
                            real.toRealPath().resolveSibling("real.jsonl.12ab.partial").toString());
        }

        try (ResumableLines lines = ResumableLines.resume(link, KEY, this::addEarlier)) {
            lines.add(line("b"));
            lines.finish();
        }

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo("{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    }

    /** The lines of both would be mixed. */
    @Test
    void twoRunsAtATimeAreRefused() throws IOException {
        try (ResumableLines lines = ResumableLines.create(file, KEY)) {
            lines.add(line("a"));
            assertThatThrownBy(() -> ResumableLines.create(file, KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another run")
                    .hasMessageContaining(growing().toString());
            assertThatThrownBy(() -> ResumableLines.resume(file, KEY, this::addEarlier))
                    .hasMessageContaining("another run");
            lines.add(line("b"));
            lines.finish();
        }

        assertThat(earlier).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    }

    @Test
    void anEarlierLineThatCannotBeReadIsKept() throws IOException {
        Files.writeString(growing(), "a\nb\n");

        assertThatThrownBy(() -> ResumableLines.resume(file, KEY, this::addEarlier))
                .isInstanceOf(IOException.class);

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

        assertThatThrownBy(() -> lines.add(line("a")))
                .isInstanceOf(OutputFileException.class)
                .hasMessageContaining("cannot write /dev/full: No space left");
    }
}
