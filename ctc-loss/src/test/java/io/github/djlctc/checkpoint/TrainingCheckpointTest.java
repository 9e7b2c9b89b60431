package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDManager;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.checkpoint.CheckpointException.Problem;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrainingCheckpointTest {

    private static final TrainingPosition POSITION = new TrainingPosition(3, 17);
    private static final Map<String, String> PROPERTIES = Map.of("seed", "1", "Ä \n", "");

    @TempDir Path folder;

    @Test
    void goesOnAsIfNothingHadHappened() throws IOException {
        Path file = folder.resolve("a.ckpt");
        List<ByteBuffer> expected;
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer)) {
            training.steps(0, 10);
            capture(training, optimizer).withScore(0.5).write(file);
            training.steps(10, 20);
            expected = training.parameters();
        }

        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer)) {
            // What was learnt before does not matter.
            training.steps(100, 103);
            TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
            checkpoint.restore(training.model.getBlock(), optimizer);

            assertThat(checkpoint.position()).isEqualTo(POSITION);
            assertThat(checkpoint.properties()).isEqualTo(PROPERTIES);
            assertThat(checkpoint.score()).hasValue(0.5);
            assertThat(checkpoint.updates()).isEqualTo(optimizer.updates()).isEqualTo(10);
            training.steps(10, 20);
            assertThat(training.parameters()).isEqualTo(expected);
            assertThat(optimizer.updates()).isEqualTo(20);
        }
    }

    @Test
    void doesNotChangeWithTheModel() throws IOException {
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer)) {
            training.steps(0, 2);
            TrainingCheckpoint checkpoint = capture(training, optimizer);
            List<ByteBuffer> before = training.parameters();
            training.steps(2, 4);
            assertThat(training.parameters().get(0)).isNotEqualTo(before.get(0));

            checkpoint.restore(training.model.getBlock(), optimizer);
            training.steps(2, 4);
            checkpoint.restore(training.model.getBlock(), optimizer);

            assertThat(training.parameters()).isEqualTo(before);
        }
    }

    @Test
    void beforeTheFirstStepThereAreNoMoments() throws IOException {
        Path file = folder.resolve("a.ckpt");
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer)) {
            List<ByteBuffer> before = training.parameters();
            capture(training, optimizer).write(file);
            training.steps(0, 2);
            TrainingCheckpoint.read(file).restore(training.model.getBlock(), optimizer);

            assertThat(training.parameters()).isEqualTo(before);
            assertThat(optimizer.updates()).isZero();
        }
    }

    @Test
    void saysHowAnotherModelDiffersAndLeavesItAlone() throws IOException {
        Path file = folder.resolve("a.ckpt");
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer)) {
            training.steps(0, 2);
            capture(training, optimizer).write(file);
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining other = new LinearTraining(optimizer, 6)) {
            List<ByteBuffer> before = other.parameters();
            assertThatThrownBy(() -> checkpoint.restore(other.model.getBlock(), optimizer))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(
                            file
                                    + ": of another model: its parameter 1 is 01Linear_weight"
                                    + " float32 (4, 5), but that of the model is 01Linear_weight"
                                    + " float32 (6, 5)")
                    .extracting(e -> ((CheckpointException) e).problem())
                    .isEqualTo(Problem.OTHER_MODEL);
            assertThat(other.parameters()).isEqualTo(before);
            assertThat(optimizer.updates()).isZero();
        }
    }

    @Test
    void goesOnWithTheAverageToo() throws IOException {
        Path file = folder.resolve("a.ckpt");
        List<ByteBuffer> expected;
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = average(training, 0.7)) {
            steps(training, average, 0, 10);
            capture(training, optimizer).withAverage(average).withScore(0.5).write(file);
            steps(training, average, 10, 20);
            expected = averages(training, average);
        }

        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = average(training, 0.7)) {
            steps(training, average, 100, 103);
            TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
            checkpoint.restore(training.model.getBlock(), optimizer, average);

            assertThat(checkpoint.score()).hasValue(0.5);
            assertThat(average.updates()).isEqualTo(10);
            steps(training, average, 10, 20);
            assertThat(averages(training, average)).isEqualTo(expected);
            assertThat(average.updates()).isEqualTo(20);
        }
    }

    /** So that earlier versions of the library read it, which know of no average. */
    @Test
    void withoutAnAverageAFileIsAsItWas() throws IOException {
        Path plain = folder.resolve("plain.ckpt");
        Path averaged = folder.resolve("averaged.ckpt");
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = average(training, 0.7)) {
            capture(training, optimizer).write(plain);
            capture(training, optimizer).withAverage(average).write(averaged);
        }
        byte[] bytes = Files.readAllBytes(plain);
        byte[] more = Files.readAllBytes(averaged);
        assertThat(bytes[11]).as("version").isEqualTo((byte) 1);
        assertThat(more[11]).as("version").isEqualTo((byte) 2);
        more[11] = 1;
        assertThat(more).startsWith(Arrays.copyOf(bytes, bytes.length - Long.BYTES));
    }

    @Test
    void refusesToGoOnWithAnAverageThatItHasNotAndLeavesAllAlone() throws IOException {
        Path plain = folder.resolve("plain.ckpt");
        Path averaged = folder.resolve("averaged.ckpt");
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = average(training, 0.7)) {
            steps(training, average, 0, 2);
            capture(training, optimizer).write(plain);
            capture(training, optimizer).withAverage(average).write(averaged);
        }
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = average(training, 0.8)) {
            List<ByteBuffer> before = training.parameters();

            assertRefused(plain, training, optimizer, average)
                    .hasMessage(
                            plain
                                    + ": it has no average of the parameters: go on without one, or"
                                    + " restore the model and its optimizer alone and begin an"
                                    + " average with these parameters");
            assertRefused(averaged, training, optimizer, average)
                    .hasMessage(
                            averaged
                                    + ": its average of the parameters has the decay 0.7, but this"
                                    + " one 0.8: go on with the decay that it was started with");

            assertThat(training.parameters()).isEqualTo(before);
            assertThat(averages(training, average)).isEqualTo(before);
            assertThat(optimizer.updates()).isZero();
            TrainingCheckpoint.read(averaged).restore(training.model.getBlock(), optimizer);
            assertThat(optimizer.updates()).isEqualTo(2);
        }
    }

    @Test
    void takesNoAverageOfAnotherModelOrOneInUse() {
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer);
                ParameterAverage average = average(training, 0.7);
                NDManager manager = NDManager.newBaseManager();
                ParameterAverage other = ParameterAverage.of(AveragedBlock.of(manager), 0.7)) {
            TrainingCheckpoint checkpoint = capture(training, optimizer);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> checkpoint.withAverage(other))
                    .withMessageStartingWith("the average is of another model");
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(averaged.block()).isSameAs(training.model.getBlock());
                assertThatIllegalStateException()
                        .isThrownBy(() -> checkpoint.withAverage(average))
                        .withMessageContaining("close what use() returned first");
            }
        }
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(
            Path file, LinearTraining training, ResumableAdamW optimizer, ParameterAverage average)
            throws IOException {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
        return assertThatThrownBy(
                        () -> checkpoint.restore(training.model.getBlock(), optimizer, average))
                .isInstanceOfSatisfying(
                        CheckpointException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.OTHER_AVERAGE));
    }

    private static ParameterAverage average(LinearTraining training, double decay) {
        return ParameterAverage.of(training.model.getBlock(), decay);
    }

    private static void steps(LinearTraining training, ParameterAverage average, int from, int to) {
        for (int i = from; i < to; i++) {
            training.step(i);
            average.update();
        }
    }

    private static List<ByteBuffer> averages(LinearTraining training, ParameterAverage average) {
        try (ParameterAverage.Averaged averaged = average.use()) {
            assertThat(averaged.block()).isSameAs(training.model.getBlock());
            return training.parameters();
        }
    }

    @Test
    void anEarlierFileStaysIfTheNewOneCannotBeWritten() throws IOException {
        try (ResumableAdamW optimizer = optimizer();
                LinearTraining training = new LinearTraining(optimizer)) {
            Path occupied = Files.createDirectories(folder.resolve("a.ckpt/b"));
            assertThatThrownBy(() -> capture(training, optimizer).write(occupied.getParent()))
                    .isInstanceOf(IOException.class);
            assertThat(occupied).isDirectory();
            assertThat(folder.toFile().list()).containsExactly("a.ckpt");
        }
    }

    private static TrainingCheckpoint capture(LinearTraining training, ResumableAdamW optimizer) {
        return TrainingCheckpoint.capture(
                training.model.getBlock(), optimizer, POSITION, PROPERTIES);
    }

    private static ResumableAdamW optimizer() {
        return ResumableAdamW.builder()
                .optLearningRateTracker(
                        Tracker.factor().setBaseValue(0.02f).setFactor(0.95f).build())
                .build();
    }
}
