package io.github.djlctc.benchmarks.remedies;

import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;

/**
 * A learning rate that rises from 0, and falls to 0 along a cosine until the last step.
 *
 * @param highest the highest value
 * @param warmUpSteps the steps until then
 */
record LearningRate(float highest, int warmUpSteps) {

    static final LearningRate USUAL = new LearningRate(3e-3f, 150);

    Tracker tracker(int steps) {
        int warmUp = Math.min(warmUpSteps, steps);
        return WarmUpTracker.builder()
                .optWarmUpSteps(warmUp)
                .setMainTracker(
                        Tracker.cosine()
                                .setBaseValue(highest)
                                .optFinalValue(0)
                                .setMaxUpdates(Math.max(1, steps - warmUp))
                                .build())
                .build();
    }
}
