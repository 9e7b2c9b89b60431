package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** Where the tests run an algorithm: on the default device, a GPU if there is one. */
final class AlgorithmDevice {

    private AlgorithmDevice() {}

    /** Returns the default device, or the CPU for the algorithm that runs nowhere else. */
    static Device of(CTCAlgorithm algorithm) {
        return algorithm == CTCAlgorithm.SCALED
                ? Device.cpu()
                : Engine.getInstance().defaultDevice();
    }

    /** Opens a manager whose arrays are where the algorithm runs. */
    static NDManager newManager(CTCAlgorithm algorithm) {
        return NDManager.newBaseManager(of(algorithm));
    }
}
