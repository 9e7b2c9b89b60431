package io.github.djlctc.engine;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;

import java.util.List;
import java.util.Locale;

/** The state of the PyTorch engine that DJL's API does not show. */
public final class PyTorch {

    /** How PyTorch, the C++ library, and cuBLAS and cuDNN say it. */
    private static final List<String> OUT_OF_MEMORY =
            List.of(
                    "out of memory",
                    "can't allocate memory",
                    "not enough memory",
                    "bad_alloc",
                    "status_alloc_failed");

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

    /**
     * Tells whether something failed for want of memory: of Java's, the host's or a device's. The
     * engine says so in words only.
     *
     * @param failure what was thrown
     * @return whether memory ran out
     */
    public static boolean isOutOfMemory(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return true;
        }
        String message = failure instanceof EngineException ? failure.getMessage() : null;
        String words = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return OUT_OF_MEMORY.stream().anyMatch(words::contains);
    }
}
