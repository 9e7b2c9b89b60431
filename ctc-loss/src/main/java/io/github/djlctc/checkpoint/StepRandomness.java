package io.github.djlctc.checkpoint;

import ai.djl.engine.Engine;

import java.util.SplittableRandom;

/**
 * Makes what the engine draws at random in a training step (dropout) depend on a seed and the
 * number of the step only, so that a resumed run draws what the interrupted one would have drawn.
 *
 * <p>PyTorch's generator is one per process, and DJL can set its seed but not read its state. So no
 * state is kept: each step starts with a seed of its own. No other thread may draw from the engine
 * meanwhile.
 */
public final class StepRandomness {

    private final long seed;

    /**
     * Creates the source.
     *
     * @param seed the seed of the run
     */
    public StepRandomness(long seed) {
        this.seed = seed;
    }

    /**
     * Seeds the engine for a step; to be called before its forward pass.
     *
     * @param step the number of the step, as {@link ResumableAdamW#updates()} counts
     */
    public void beginStep(long step) {
        long mixed = new SplittableRandom(seed).nextLong() + step;
        Engine.getInstance().setRandomSeed(new SplittableRandom(mixed).nextInt());
    }
}
