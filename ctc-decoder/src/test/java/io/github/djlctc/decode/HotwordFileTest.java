package io.github.djlctc.decode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HotwordFileTest {

    @TempDir Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("hotwords.txt"), text);
    }

    @Test
    void readsPhrasesAndWeights() throws IOException {
        Path file = write("\ufeffNINE NINE\t3.5\r\n# a comment\r\n\r\nGO\nSTOP \t-1\n");
        assertThat(HotwordFile.read(file))
                .containsExactly(
                        new Hotword("NINE NINE", 3.5),
                        new Hotword("GO", 5),
                        new Hotword("STOP", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "'GO\tfive', 'line 1: the weight is \"five\"'",
        "'GO\n\t5', 'line 2: a hotword is empty'",
        "'# GO\n', there are no hotwords in it"
    })
    void namesTheLineThatIsNone(String text, String message) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> HotwordFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        Path file =
                Files.write(folder.resolve("latin1.txt"), new byte[] {'G', 'O', '\n', (byte) 0xc4});
        assertThatThrownBy(() -> HotwordFile.read(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 2")
                .hasMessageContaining("UTF-8");
    }
}
