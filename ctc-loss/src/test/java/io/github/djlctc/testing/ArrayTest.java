package io.github.djlctc.testing;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests on arrays: each begins with the same random numbers, and its arrays are closed after it.
 */
public abstract class ArrayTest {

    /** Owns the arrays of the test that runs. */
    protected NDManager manager;

    @BeforeEach
    final void openManager() {
        Engine.getInstance().setRandomSeed(1);
        manager = NDManager.newBaseManager(device());
    }

    @AfterEach
    final void closeManager() {
        manager.close();
    }

    /**
     * Returns where the arrays are: on the default device, a GPU if there is one. Tests of what
     * runs on the CPU alone say so by overriding this.
     */
    protected Device device() {
        return Engine.getInstance().defaultDevice();
    }
}
