package io.github.djlctc.examples.common.train;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EpochHistoryTest {

    @TempDir Path folder;

    @Test
    void aResumedRunGoesOnAfterTheEpochsThatAreDone() throws Exception {
        EpochHistory first = new EpochHistory(folder, 0);
        for (int epoch = 1; epoch <= 3; epoch++) {
            first.add(result(epoch, epoch));
        }
        // Killed after the second epoch's checkpoint; the third is trained again.
        EpochHistory second = new EpochHistory(folder, 2);
        second.add(result(3, Double.NaN));

        assertThat(new EpochHistory(folder, 3).epochs())
                .containsExactly(result(1, 1), result(2, 2), result(3, Double.NaN));
    }

    @Test
    void aNewRunForgetsTheOldOne() throws Exception {
        new EpochHistory(folder, 0).add(result(1, 1));
        assertThat(new EpochHistory(folder, 0).epochs()).isEmpty();
    }

    @Test
    void readsEpochsOfAnEarlierVersionWithoutTimesOfSteps() throws Exception {
        new EpochHistory(folder, 0).add(result(1, 1));
        Path file = folder.resolve("epochs.jsonl");
        String line = Files.readString(file);
        String earlier = line.replaceFirst(",\"times\":\\{[^}]*\\}", "");
        assertThat(earlier).hasSizeLessThan(line.length());
        Files.writeString(file, earlier);

        EpochResult epoch = new EpochHistory(folder, 1).epochs().get(0);

        assertThat(epoch.seconds()).isEqualTo(3);
        assertThat(epoch.times()).isEqualTo(StepTimes.UNKNOWN);
    }

    @Test
    void namesADamagedFile() throws Exception {
        Files.writeString(folder.resolve("epochs.jsonl"), "{\"epoch\":1}\n");
        assertThatThrownBy(() -> new EpochHistory(folder, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("epochs.jsonl is damaged");
        Files.writeString(folder.resolve("epochs.jsonl"), "x");
        assertThatThrownBy(() -> new EpochHistory(folder, 1)).isInstanceOf(IOException.class);
    }

    private static EpochResult result(int epoch, double loss) {
        EpochStatistics statistics =
                new EpochStatistics(
                        epoch, 9, 1, loss, 2, 2.5, 4, 0.25, 0, 0.5, Double.NaN, 1, Double.NaN);
        return new EpochResult(
                epoch,
                loss,
                Double.POSITIVE_INFINITY,
                new ErrorCounts(1, 2, 3, 4),
                ErrorCounts.ZERO,
                statistics,
                TrainingDiagnosis.HEALTHY,
                0.001,
                3,
                new StepTimes(0.25, 1, 1.5, 0.1),
                0.125,
                true);
    }
}
