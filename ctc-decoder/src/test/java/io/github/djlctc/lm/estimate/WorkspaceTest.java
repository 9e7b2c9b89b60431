package io.github.djlctc.lm.estimate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class WorkspaceTest {

    /** Each sequence that is merged has a block in memory. */
    @ParameterizedTest
    @CsvSource({"1, 16", "16, 16", "2, 32", "64, 32", "16, 256", "64, 1024", "128, 65536"})
    void whatIsMergedAtOneTimeTakesAPartOfTheMemory(int threads, long mebibytes) throws Exception {
        long memory = mebibytes << 20;
        try (Workers workers = new Workers(threads);
                Workspace workspace =
                        new Workspace(memory, Path.of("."), workers, (step, units) -> {})) {
            int mergers = workspace.mergersAtOnce();
            long blocks = (long) mergers * workspace.mergedAtOnce(mergers);

            assertThat(mergers).isBetween(1, threads);
            assertThat(blocks * Workspace.BLOCK_LONGS * Long.BYTES).isLessThanOrEqualTo(memory / 8);
        }
    }
}
