package io.github.djlctc.examples.common.train;

import ai.djl.engine.EngineException;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class EngineStartTest {

    @Test
    void theReasonAndTheFolderAreNamed() {
        EngineStartException failure =
                EngineStart.failure(
                        new EngineException(
                                "Failed to extract PyTorch native library",
                                new IOException("No space left on device")));

        assertThat(failure)
                .hasMessageStartingWith(
                        "DJL's engine does not start: Failed to extract PyTorch native library: No"
                                + " space left on device; its native library is unpacked into ")
                .hasMessageContaining("DJL_CACHE_DIR");
    }
}
