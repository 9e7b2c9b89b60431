package io.github.djlctc.checkpoint;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

import io.github.djlctc.checkpoint.CheckpointException.Problem;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointMeanTest extends ArrayTest {

    private static final int CHECKPOINTS = 5;

    @TempDir Path folder;

    private final Random random = new Random(8);

    /** The mean in float64, rounded once. */
    @Test
    void isTheMeanOfAllParametersOfFloatingTypes() throws IOException {
        AveragedBlock block = AveragedBlock.of(manager);
        List<Path> files = new ArrayList<>();
        Map<String, double[]> sums = new HashMap<>();
        for (int k = 0; k < CHECKPOINTS; k++) {
            change(block);
            block.set("counter", k, 10 + k);
            files.add(write(block, k));
            for (String name : AveragedBlock.FLOATING.keySet()) {
                double[] values = HostArrays.readDoubles(block.array(name));
                double[] sum = sums.computeIfAbsent(name, any -> new double[values.length]);
                for (int i = 0; i < values.length; i++) {
                    sum[i] += values[i];
                }
            }
        }
        change(block);

        CheckpointMean mean = CheckpointMean.of(files);
        mean.load(block);

        assertThat(mean.files()).isEqualTo(files);
        for (int i = 0; i < 12; i++) {
            assertThat(HostArrays.readFloats(block.array("weight"))[i])
                    .isEqualTo((float) (sums.get("weight")[i] / CHECKPOINTS));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(HostArrays.readDoubles(block.array("wide"))[i])
                    .isEqualTo(sums.get("wide")[i] / CHECKPOINTS);
        }
        assertThat(HostArrays.readFloats(block.array("running"))[3])
                .isEqualTo((float) (sums.get("running")[3] / CHECKPOINTS));
        for (int i = 0; i < 4; i++) {
            double expected = sums.get("half")[i] / CHECKPOINTS;
            assertThat(HostArrays.readDoubles(block.array("half"))[i])
                    .isBetween(expected - 1e-3, expected + 1e-3);
        }
        assertThat(HostArrays.readLongs(block.array("counter"))).containsExactly(4, 14);
        assertThat(block.array("weight").hasGradient()).isTrue();
    }

    @Test
    void doesNotDependOnTheOrderOfTheFiles() throws IOException {
        AveragedBlock block = AveragedBlock.of(manager);
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < CHECKPOINTS; k++) {
            change(block);
            files.add(write(block, k));
        }
        CheckpointMean.of(files).load(block);
        List<ByteBuffer> expected = bits(block);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(files, random);
            change(block);
            CheckpointMean.of(files).load(block);
            assertThat(bits(block)).isEqualTo(expected);
        }
    }

    /** Their sum is exact, that of any numbers of float64 would not be. */
    @Test
    void ofEqualCheckpointsIsEachOfThem() throws IOException {
        AveragedBlock block = AveragedBlock.of(manager);
        block.set("wide", 1, -2, 0.5, 3, 0);
        List<ByteBuffer> expected = bits(block);
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < CHECKPOINTS; k++) {
            files.add(write(block, k));
        }
        for (int count = 1; count <= CHECKPOINTS; count++) {
            change(block);
            CheckpointMean.of(files.subList(0, count)).load(block);
            assertThat(bits(block)).isEqualTo(expected);
        }
    }

    @Test
    void isOfTheAveragesIfTheCheckpointsHaveThem() throws IOException {
        Block layer = Linear.builder().setUnits(3).build();
        Block block = new SequentialBlock().add(layer).add(layer);
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
        List<Path> files = new ArrayList<>();
        double[] sum = new double[9];
        try (ParameterAverage average = ParameterAverage.of(block, 0.5)) {
            for (int k = 0; k < 2; k++) {
                zero(block);
                average.update();
                files.add(folder.resolve("averaged" + k));
                capture(block, k).withAverage(average).write(files.get(k));
                try (ParameterAverage.Averaged averaged = average.use()) {
                    float[] values =
                            HostArrays.readFloats(
                                    averaged.block().getParameters().valueAt(0).getArray());
                    for (int i = 0; i < values.length; i++) {
                        sum[i] += values[i];
                    }
                }
            }
        }

        CheckpointMean.of(files).load(block);

        float[] means = HostArrays.readFloats(block.getParameters().valueAt(0).getArray());
        for (int i = 0; i < means.length; i++) {
            assertThat(means[i]).isEqualTo((float) (sum[i] / 2)).isNotZero();
        }
        Path plain = write(block, 2);
        assertThatThrownBy(() -> CheckpointMean.of(List.of(files.get(0), plain)))
                .isInstanceOfSatisfying(
                        CheckpointException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.OTHER_AVERAGE))
                .hasMessageStartingWith(plain + ": it has no average of the parameters, unlike");
    }

    @Test
    void refusesCheckpointsOfAnotherModel() throws IOException {
        AveragedBlock block = AveragedBlock.of(manager);
        Block other = Linear.builder().setUnits(3).build();
        other.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
        Path first = write(block, 0);
        Path second = write(other, 1);
        List<ByteBuffer> before = bits(other);

        assertThatThrownBy(() -> CheckpointMean.of(List.of(first, second)))
                .isInstanceOfSatisfying(
                        CheckpointException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.OTHER_MODEL))
                .hasMessageStartingWith(second + ": of another model: its parameter 1 is weight")
                .hasMessageContaining("but that of the checkpoints before it is ");
        CheckpointMean mean = CheckpointMean.of(List.of(first));
        assertThatThrownBy(() -> mean.load(other))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("but that of the model is ");
        assertThat(bits(other)).isEqualTo(before);
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointMean.of(List.of()));
    }

    @CountsArrays
    void leavesNoArrayBehind() throws IOException {
        AveragedBlock block = AveragedBlock.of(manager);
        List<Path> files = List.of(write(block, 0), write(block, 1));
        int arrays = manager.getManagedArrays().size();
        for (int i = 0; i < 5; i++) {
            CheckpointMean.of(files).load(block);
        }
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    private Path write(Block block, int number) throws IOException {
        Path file = folder.resolve("checkpoint-" + number);
        capture(block, number).write(file);
        return file;
    }

    private static TrainingCheckpoint capture(Block block, int epoch) {
        return TrainingCheckpoint.capture(
                block, ResumableAdamW.builder().build(), new TrainingPosition(epoch, 0), Map.of());
    }

    private void change(AveragedBlock block) {
        for (String name : AveragedBlock.FLOATING.keySet()) {
            block.set(name, random.doubles(block.array(name).size(), -1, 1).toArray());
        }
    }

    private void zero(Block block) {
        block.getParameters()
                .values()
                .forEach(
                        parameter ->
                                ParameterAverage.exchange(
                                        parameter.getArray(),
                                        manager.zeros(parameter.getArray().getShape())));
    }

    private static List<ByteBuffer> bits(Block block) {
        return block.getParameters().values().stream()
                .map(parameter -> HostArrays.readBytes(parameter.getArray()))
                .toList();
    }
}
