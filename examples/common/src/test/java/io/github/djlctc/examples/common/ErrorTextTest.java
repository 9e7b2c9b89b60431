package io.github.djlctc.examples.common;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class ErrorTextTest {

    @TempDir Path folder;

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path none = folder.resolve("none");
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(ErrorText.of(catchThrowable(() -> Files.readString(none))))
                .isEqualTo("no such file or folder: " + none);
        assertThat(ErrorText.of(catchThrowable(() -> Files.createDirectories(file))))
                .isEqualTo("a file is in the way of the folder " + file);
        assertThat(ErrorText.of(new AccessDeniedException("a"))).isEqualTo("no permission for a");
        assertThat(ErrorText.of(new UncheckedIOException(new AccessDeniedException("a"))))
                .isEqualTo("no permission for a");
        assertThat(ErrorText.of(new NotDirectoryException("a")))
                .isEqualTo("NotDirectoryException: a");
        assertThat(ErrorText.of(new EOFException())).isEqualTo("the file ends too early");
        assertThat(ErrorText.of(new MalformedInputException(1))).isEqualTo("the text is not UTF-8");
    }

    @Test
    void explainsNamesThatTheLocaleCannotSpell() {
        InvalidPathException locale =
                new InvalidPathException(
                        "é.wav", "Malformed input or input contains unmappable characters");

        assertThat(ErrorText.of(locale)).contains("\"é.wav\"", "set LC_ALL=C.UTF-8");
        assertThat(ErrorText.of(new InvalidPathException("a\0", "Nul character not allowed")))
                .isEqualTo("not the name of a file: \"a\0\" (Nul character not allowed)");
    }

    @Test
    void recognisesAFullDisk() {
        IOException full = new IOException("No space left on device");

        assertThat(ErrorText.isDiskFull(full)).isTrue();
        assertThat(ErrorText.isDiskFull(new UncheckedIOException(full))).isTrue();
        assertThat(ErrorText.isDiskFull(new IOException())).isFalse();
    }

    @Test
    void givesTheMessageOfOtherExceptions() {
        assertThat(ErrorText.of(new IOException("broken"))).isEqualTo("broken");
        assertThat(ErrorText.of(new IOException())).isEqualTo("java.io.IOException");
    }
}
