package io.github.djlctc.testing;

import ai.djl.ndarray.NDManager;

import java.util.Random;

/** A random call of what runs native code, often with arguments that do not fit each other. */
@FunctionalInterface
public interface HostileCall {

    /** What must come of a call. */
    enum Outcome {
        /** It is computed. */
        RESULT,
        /** It is refused before native code gets it. */
        REFUSAL
    }

    /**
     * Makes the call.
     *
     * @param random decides everything about it
     * @param manager owns its arrays, and is closed afterwards
     * @param demanded told what must come of it, before native code is called
     */
    void run(Random random, NDManager manager, java.util.function.Consumer<Outcome> demanded)
            throws Exception;
}
