package io.github.djlctc.testing;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of layers, clipping, statistics and the optimizer with arguments that do not fit are
 * refused before native code gets them: none ends the JVM. {@code -Dhostile.calls=100000} makes so
 * many of them.
 */
class HostileCallsTest {

    private static final int CALLS = Integer.getInteger("hostile.calls", 3_000);

    @Test
    void noneEndsTheJvm() throws Exception {
        // What hardly occurred would not have been tested.
        assertThat(ChildJvm.refusals(HostileCalls.class, CALLS))
                .isBetween(CALLS / 4, CALLS * 3 / 4);
    }
}
