package io.github.djlctc.engine;

import ai.djl.pytorch.jni.JniUtils;

/** The state of the PyTorch engine that DJL's API does not show. */
public final class PyTorch {

    private PyTorch() {}

    /**
     * Tells whether operators on this thread record what back-propagation needs.
     *
     * @return whether gradients are recorded
     */
    public static boolean isRecording() {
        return JniUtils.isGradMode();
    }

    /**
     * Returns how many threads an operator of PyTorch may use.
     *
     * @return the number of threads, at least 1
     */
    public static int threads() {
        return JniUtils.getNumThreads();
    }
}
