package io.github.djlctc.checkpoint;

import io.github.djlctc.checkpoint.CheckpointException.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointStoreTest {

    @TempDir Path folder;

    @Test
    void keepsTheLatestTwoAndTheBest() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 2);
        assertThat(store.latest()).isEmpty();

        store.save(scored(10, 0.5));
        store.save(scored(20, 0.3));
        store.save(plain(25));
        store.save(scored(30, Double.NaN));
        store.save(scored(40, 0.4));
        store.save(scored(50, 0.3));
        store.save(plain(60));
        store.save(plain(70));

        assertThat(updates()).containsExactly(20, 50, 60, 70);
        assertThat(store.best()).containsExactly(file(20), file(50));
        assertThat(store.latest()).map(TrainingCheckpoint::updates).hasValue(70);
    }

    @Test
    void aSecondScoreDecidesAmongEqualOnes() throws IOException {
        ToDoubleFunction<TrainingCheckpoint> loss =
                checkpoint -> Double.parseDouble(checkpoint.properties().get("loss"));
        CheckpointStore store = CheckpointStore.open(folder, 2, loss);
        store.save(scored(10, 0.2, "0.9"));
        store.save(scored(20, 0.2, "0.7"));
        store.save(scored(30, 0.3, "0.1"));
        store.save(scored(40, 0.2, "NaN"));

        CheckpointStore again = CheckpointStore.open(folder, 2, loss);
        assertThat(again.best()).containsExactly(file(20), file(10));
        again.save(scored(50, 0.2, "0.8"));
        again.save(scored(60, 0.2, "0.8"));

        assertThat(again.best()).containsExactly(file(20), file(50));
        assertThat(updates()).containsExactly(20, 50, 60);
    }

    @Test
    void knowsTheBestWhenOpenedAgain() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 1);
        store.save(scored(10, 0.1));
        store.save(scored(20, 0.3));
        store.save(scored(30, 0.2));

        CheckpointStore again = CheckpointStore.open(folder, 1);
        again.save(scored(40, 0.4));

        assertThat(again.best()).containsExactly(file(10));
        assertThat(updates()).containsExactly(10, 30, 40);
    }

    @Test
    void replacesACheckpointOfTheSameStep() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 0);
        store.save(plain(10));
        store.save(scored(10, 0.5));

        assertThat(updates()).containsExactly(10);
        assertThat(store.latest()).map(TrainingCheckpoint::score).hasValue(OptionalDouble.of(0.5));
        assertThat(store.best()).isEmpty();
    }

    @Test
    void aKillBetweenWritingAndMovingLeavesTheLastOne() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 0);
        store.save(plain(10));
        byte[] bytes = Files.readAllBytes(file(10));
        Path part = folder.resolve("checkpoint-0000000020.ckpt.tmp");
        for (int length : new int[] {0, bytes.length / 2, bytes.length}) {
            Files.write(part, Arrays.copyOf(bytes, length));

            CheckpointStore again = CheckpointStore.open(folder, 0);

            assertThat(again.latest()).map(TrainingCheckpoint::updates).hasValue(10);
            assertThat(part).doesNotExist();
        }
    }

    @Test
    void aDamagedLatestIsAnErrorUntilItIsDeleted() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 0);
        store.save(plain(10));
        store.save(plain(20));
        byte[] bytes = Files.readAllBytes(file(20));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(20), bytes);

        CheckpointStore again = CheckpointStore.open(folder, 0);

        assertThatThrownBy(again::latest)
                .isInstanceOfSatisfying(
                        CheckpointException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED))
                .hasMessageStartingWith(file(20) + ": truncated or damaged")
                .hasMessageEndingWith("delete it to go on from the checkpoint before");
        Files.delete(file(20));
        assertThat(again.latest()).map(TrainingCheckpoint::updates).hasValue(10);
    }

    @Test
    void aCheckpointThatCannotBeWrittenCostsNone() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 0);
        store.save(plain(10));
        store.save(plain(20));
        Files.createDirectories(file(30).resolve("occupied"));

        assertThatThrownBy(() -> store.save(plain(30))).isInstanceOf(IOException.class);

        assertThat(TrainingCheckpoint.read(file(10)).updates()).isEqualTo(10);
        assertThat(TrainingCheckpoint.read(file(20)).updates()).isEqualTo(20);
    }

    @Test
    void clearsTheFolderOfCheckpointsOnly() throws IOException {
        CheckpointStore store = CheckpointStore.open(folder, 1);
        store.save(scored(10, 0.5));
        Path other = Files.createFile(folder.resolve("notes.txt"));

        store.clear();

        assertThat(updates()).isEmpty();
        assertThat(store.best()).isEmpty();
        assertThat(store.latest()).isEmpty();
        assertThat(other).exists();
    }

    @Test
    void refusesANegativeNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointStore.open(folder, -1))
                .withMessage("keepBest must not be negative: -1");
    }

    private static TrainingCheckpoint plain(int updates) {
        return new TrainingCheckpoint(
                TrainingPosition.START,
                updates,
                OptionalDouble.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Path.of("test"));
    }

    private static TrainingCheckpoint scored(int updates, double score) {
        return plain(updates).withScore(score);
    }

    private static TrainingCheckpoint scored(int updates, double score, String loss) {
        return new TrainingCheckpoint(
                TrainingPosition.START,
                updates,
                OptionalDouble.of(score),
                Map.of("loss", loss),
                List.of(),
                Optional.empty(),
                Path.of("test"));
    }

    private Path file(int updates) {
        return folder.resolve("checkpoint-%010d.ckpt".formatted(updates));
    }

    private List<Integer> updates() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".ckpt"))
                    .map(name -> Integer.valueOf(name.replaceAll("[^0-9]", "")))
                    .sorted()
                    .toList();
        }
    }
}
