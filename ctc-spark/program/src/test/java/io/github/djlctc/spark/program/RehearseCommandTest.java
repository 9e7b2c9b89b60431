package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RehearseCommandTest {

    @Test
    void theBuildCanRehearse() {
        Outcome outcome = SparkProgram.run(List.of("rehearse"));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
}
