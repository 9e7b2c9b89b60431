package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals that do not fit an extractor are refused before native code gets them: none ends the JVM,
 * and the features of the others are finite. {@code -Dhostile.calls=100000} makes so many of them.
 */
class HostileFeaturesTest {

    private static final int CALLS = Integer.getInteger("hostile.calls", 2_000);

    @Test
    void noneEndsTheJvm() throws Exception {
        // What hardly occurred would not have been tested.
        assertThat(ChildJvm.refusals(HostileFeatures.class, CALLS))
                .isBetween(CALLS / 4, CALLS * 3 / 4);
    }
}
