package io.github.djlctc.examples.common.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;

import io.github.djlctc.examples.common.ErrorText;

/** Starts DJL's engine, whose native library DJL unpacks into a folder of the user first. */
final class EngineStart {

    private EngineStart() {}

    /**
     * Starts the engine, if it has not been.
     *
     * @throws EngineStartException if its native library cannot be unpacked or loaded
     */
    static void run() {
        try {
            Engine.getInstance();
        } catch (EngineException | LinkageError e) {
            throw failure(e);
        }
    }

    static EngineStartException failure(Throwable e) {
        String reason = ErrorText.of(e);
        if (e.getCause() != null) {
            reason += ": " + ErrorText.of(e.getCause());
        }
        return new EngineStartException(
                "DJL's engine does not start: %s; its native library is unpacked into %s, where 500 MB must be free; DJL_CACHE_DIR names another folder"
                        .formatted(reason, Utils.getEngineCacheDir()),
                e);
    }
}
