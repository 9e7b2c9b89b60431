package io.github.djlctc.examples.common.command;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The key of a run changes with all that could change its results. */
class RunKeyTest {

    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("a.npy"), "abc");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    }

    private static String key(Object... arguments) {
        CommandSpec spec = CommandSpec.create();
        for (String name : List.of("--emissions", "--beam", "--threads")) {
            spec.addOption(OptionSpec.builder(name).type(String.class).build());
        }
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        new CommandLine(spec).parseArgs(words);
        return RunKey.of(spec, Set.of("--threads"));
    }

    @Test
    void dependsOnOptionsButForThoseThatChangeNoResult() {
        String key = key("--beam", 8);

        assertThat(key).matches("[0-9a-f]{8}").isEqualTo(key("--threads", 2, "--beam", 8));
        assertThat(key("--beam", 9)).isNotEqualTo(key);
        assertThat(key()).isNotEqualTo(key);
    }

    @Test
    void dependsOnTheSizeAndTheTimeOfAFile() throws IOException {
        String key = key("--emissions", file);
        assertThat(key("--emissions", file)).isEqualTo(key);

        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
        String later = key("--emissions", file);
        Files.writeString(file, "abcd");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));

        assertThat(Set.of(key, later, key("--emissions", file))).hasSize(3);
    }

    /** As of emissions in a folder of arrays, one of which is written anew. */
    @Test
    void dependsOnTheFilesInAFolder() throws IOException {
        String key = key("--emissions", folder);
        assertThat(key("--emissions", folder)).isEqualTo(key);

        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
        String later = key("--emissions", folder);
        Files.writeString(folder.resolve("b.npy"), "abc");

        assertThat(Set.of(key, later, key("--emissions", folder))).hasSize(3);
    }

    @Test
    void aFileThatIsMissingHasNoState() {
        assertThat(key("--emissions", folder.resolve("c.npy"))).isNotEqualTo(key());
    }
}
