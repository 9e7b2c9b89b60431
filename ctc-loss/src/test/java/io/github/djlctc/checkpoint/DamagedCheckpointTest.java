package io.github.djlctc.checkpoint;

import io.github.djlctc.checkpoint.CheckpointException.Problem;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A damaged file is refused with its name and the problem, and changes nothing. */
class DamagedCheckpointTest {

    private static final int VERSION_OFFSET = 8;
    private static final int CONTENT_OFFSET = 12;

    private static Path file;
    private static byte[] whole;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("damaged", ".ckpt");
        try (ResumableAdamW optimizer = ResumableAdamW.builder().build();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = ParameterAverage.of(training.model.getBlock(), 0.9)) {
            training.steps(0, 1);
            average.update();
            TrainingCheckpoint.capture(
                            training.model.getBlock(),
                            optimizer,
                            TrainingPosition.START,
                            Map.of("name", "value"))
                    .withAverage(average)
                    .write(file);
        }
        whole = Files.readAllBytes(file);
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Example
    void everyTruncationIsFound() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            assertProblem(Arrays.copyOf(whole, length), Problem.DAMAGED);
        }
        assertProblem(Arrays.copyOf(whole, whole.length + 1), Problem.DAMAGED);
    }

    @Example
    void everyFlippedBitIsFound() throws IOException {
        Random random = new Random(41);
        for (int i = 0; i < whole.length; i++) {
            byte[] bytes = whole.clone();
            bytes[i] ^= (byte) (1 << random.nextInt(8));
            Problem problem =
                    i < VERSION_OFFSET
                            ? Problem.NOT_A_CHECKPOINT
                            : i < CONTENT_OFFSET ? Problem.OTHER_VERSION : Problem.DAMAGED;
            assertProblem(bytes, problem);
        }
    }

    @Example
    void namesTheFileAndWhatDiffers() throws IOException {
        byte[] later = whole.clone();
        later[CONTENT_OFFSET - 1] = 3;
        Files.write(file, later);
        assertThatThrownBy(() -> TrainingCheckpoint.read(file))
                .hasMessage(
                        file
                                + ": version 3 of the checkpoint format, but this library reads"
                                + " versions 1 and 2 only: go on with the version of the library"
                                + " that wrote it");

        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> TrainingCheckpoint.read(file))
                .hasMessage(
                        file
                                + ": truncated or damaged: its checksum is another than that of its"
                                + " content; delete it to go on from the checkpoint before");
    }

    @Property(tries = 300, seed = "51")
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        read(bytes);
    }

    @Property(tries = 500, seed = "52")
    void anyContentOfTheRightChecksum(@ForAll @Size(max = 300) byte[] content) throws IOException {
        byte[] bytes = Arrays.copyOf(whole, CONTENT_OFFSET + content.length + Long.BYTES);
        System.arraycopy(content, 0, bytes, CONTENT_OFFSET, content.length);
        read(withChecksum(bytes));
    }

    @Property(tries = 2000, seed = "53")
    void mutationsOfTheRightChecksum(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int n)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        for (int i = 0; i < n; i++) {
            int at = CONTENT_OFFSET + random.nextInt(bytes.length - CONTENT_OFFSET - Long.BYTES);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : Byte.MAX_VALUE;
        }
        read(withChecksum(bytes));
    }

    private static byte[] withChecksum(byte[] bytes) {
        int end = bytes.length - Long.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        ByteBuffer.wrap(bytes).putLong(end, checksum.getValue());
        return bytes;
    }

    private static void read(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            assertThat(TrainingCheckpoint.read(file)).isNotNull();
        } catch (CheckpointException e) {
            assertThat(e).hasMessageStartingWith(file + ": ");
        }
    }

    private static void assertProblem(byte[] bytes, Problem problem) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> TrainingCheckpoint.read(file))
                .isInstanceOfSatisfying(
                        CheckpointException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
