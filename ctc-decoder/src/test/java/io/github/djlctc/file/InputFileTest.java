package io.github.djlctc.file;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InputFileTest {

    @TempDir Path folder;

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "needs a named pipe; runs on Linux, as in CI")
    @Timeout(60)
    void opensPipes() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        byte[] written = new byte[100_000];
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                Files.write(pipe, written);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });

        // Buffered, as readers of text have it, which asks how much is there.
        try (InputStream in = new BufferedInputStream(InputFile.open(pipe), 1000)) {
            byte[] found = new byte[written.length];
            int count = 0;
            while (count < found.length) {
                int read = in.read(found, count, Math.min(1500, found.length - count));
                assertThat(read).isPositive();
                count += read;
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        writer.join();
    }

    @Test
    void namesWhatIsNoFile() {
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> InputFile.open(none))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(none.toString());
        assertThatThrownBy(() -> InputFile.open(folder))
                .hasMessageContaining(folder + ": this is a folder");
    }
}
