package io.github.djlctc.monitor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;

import io.github.djlctc.nn.Gradients;

/** Decides whether a step that is not finite ends training, and takes its gradients away if not. */
final class StepSkipping {

    private static final int MAX_SKIPS_IN_A_ROW = 20;

    private final NonFinitePolicy policy;
    private int skipsInARow;
    private boolean hasStepped;

    StepSkipping(NonFinitePolicy policy) {
        this.policy = policy;
    }

    /** Tells whether the latest step is to be taken. */
    boolean shouldStep() {
        return skipsInARow == 0;
    }

    /** Returns how many steps have been skipped since the last that was taken. */
    int skipsInARow() {
        return skipsInARow;
    }

    /** Tells whether a step has been taken. */
    boolean hasStepped() {
        return hasStepped;
    }

    /** Goes on from what these numbers were in another run. */
    void restore(int skipsInARow, boolean hasStepped) {
        this.skipsInARow = skipsInARow;
        this.hasStepped = hasStepped;
    }

    /** Notes that the step is taken. */
    void take() {
        skipsInARow = 0;
        hasStepped = true;
    }

    /** Notes that the step is not taken. */
    void skip() {
        skipsInARow++;
    }

    /** Throws a {@link NonFiniteStepException} if the policy says so, or going on is hopeless. */
    void haltAt(NonFiniteStep step) {
        boolean hopeless = step.parameter().isPresent() || skipsInARow > MAX_SKIPS_IN_A_ROW;
        if (policy == NonFinitePolicy.HALT || hopeless) {
            throw new NonFiniteStepException(step);
        }
    }

    /** Sets the gradients of a model to zero, NaN included. */
    void zeroGradients(Block block) {
        try (Gradients gradients = Gradients.of(block)) {
            NDIndex everything = new NDIndex("...");
            // A trainer refuses its first step if all gradients are 0.
            float value = hasStepped ? 0 : Float.MIN_NORMAL;
            for (NDArray gradient : gradients.arrays()) {
                // Not multiplied by 0, which keeps NaN.
                gradient.set(everything, value);
                value = 0;
            }
        }
    }
}
