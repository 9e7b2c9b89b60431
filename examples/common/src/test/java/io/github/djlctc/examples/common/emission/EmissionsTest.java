package io.github.djlctc.examples.common.emission;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.numpy.NpzWriter;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmissionsTest {

    private static final Alphabet ALPHABET =
            Alphabet.builder().setTokens(List.of("<blank>", "a")).build();

    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void writeArchive() throws IOException {
        file = folder.resolve("emissions.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("z", new float[] {1, 2, 3, 4}, 2, 2);
            writer.write("empty", new float[0], 0, 2);
            writer.write("broken", new float[] {Float.NaN, 0}, 1, 2);
            writer.finish();
        }
    }

    private Emissions open() throws IOException {
        return Emissions.open(file, ALPHABET, EmissionScale.LOGITS);
    }

    @Test
    void knowTheLengthsBeforeAnythingIsRead() throws IOException {
        try (Emissions emissions = open()) {
            assertThat(emissions.ids()).containsExactly("z", "empty", "broken");
            assertThat(emissions.frames(0)).isEqualTo(2);
            assertThat(emissions.frames(1)).isZero();
            assertThat(emissions.totalFrames()).isEqualTo(3);
        }
    }

    @Test
    void readAnUtteranceAtATime() throws IOException {
        try (Emissions emissions = open()) {
            Utterance first = emissions.read(0);

            assertThat(first.id()).isEqualTo("z");
            assertThat(first.frames()).isEqualTo(2);
            assertThat(first.emissions()).containsExactly(1, 2, 3, 4);
            assertThat(emissions.read(1).emissions()).isEmpty();
            assertThatThrownBy(() -> emissions.read(2))
                    .isInstanceOf(EmissionFormatException.class)
                    .hasMessageContaining(file + ", utterance \"broken\": frame 0, class 0 is NaN");
        }
    }

    @Test
    void someCanBeLeftOut() throws IOException {
        try (Emissions emissions = open()) {
            Emissions some = emissions.only(id -> !id.equals("z"));

            assertThat(some.ids()).containsExactly("empty", "broken");
            assertThat(some.totalFrames()).isEqualTo(1);
            assertThat(some.read(0).id()).isEqualTo("empty");
        }
    }

    @Test
    void nameAnArrayThatWasReplacedAfterItsShapeWasRead() throws IOException {
        Path array = folder.resolve("u.npy");
        Files.write(array, npy(2));
        try (Emissions emissions = Emissions.open(array, ALPHABET, EmissionScale.LOGITS)) {
            Files.write(array, npy(1));

            assertThatThrownBy(() -> emissions.read(0))
                    .isInstanceOf(EmissionFormatException.class)
                    .hasMessageContaining("utterance \"u\": the array was replaced by another");
        }
    }

    private static byte[] npy(int frames) {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 2), }\n".formatted(frames);
        return ByteBuffer.allocate(10 + header.length() + 8 * frames)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    @Test
    void tellWhetherTheyAreOfAnAlphabet() throws IOException {
        assertThat(Emissions.firstFits(file, ALPHABET)).isTrue();
        assertThat(
                        Emissions.firstFits(
                                file,
                                Alphabet.builder().setTokens(List.of("<blank>", "a", "b")).build()))
                .isFalse();
    }
}
