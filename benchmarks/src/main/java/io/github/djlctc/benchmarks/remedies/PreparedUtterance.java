package io.github.djlctc.benchmarks.remedies;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;

/**
 * An utterance in memory.
 *
 * @param features its log-mel features
 * @param text what it says
 */
record PreparedUtterance(FeatureMatrix features, String text) {}
