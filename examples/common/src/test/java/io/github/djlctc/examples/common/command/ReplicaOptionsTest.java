package io.github.djlctc.examples.common.command;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplicaOptionsTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void byDefaultEachCoreTrains() {
        assertThat(replicas(1_000, 1)).isEqualTo(CORES);
    }

    @Test
    void threadsWithinOperatorsTakeCoresAway() {
        assertThat(replicas(1_000, CORES)).isEqualTo(1);
        assertThat(replicas(1_000, 10 * CORES)).isEqualTo(1);
    }

    @Test
    void byDefaultAThreadHasTwoSamplesOrMore() {
        assertThat(replicas(1, 1)).isEqualTo(1);
        assertThat(replicas(3, 1)).isEqualTo(1);
        assertThat(replicas(4, 1)).isEqualTo(Math.min(CORES, 2));
    }

    @Test
    void theOptionDecides() {
        assertThat(replicas(4, 2, "--replicas", "3")).isEqualTo(3);
        assertThatThrownBy(() -> replicas(4, 2, "--replicas", "0"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--replicas must be from 1 to 1024, but is 0");
    }

    private static int replicas(int batch, int engineThreads, String... arguments) {
        ReplicaOptions options = new ReplicaOptions();
        CommandSpec spec = CommandSpec.forAnnotatedObject(options);
        new CommandLine(spec).parseArgs(arguments);
        return options.replicas(batch, engineThreads, new OptionRules(spec));
    }
}
