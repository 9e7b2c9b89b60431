package io.github.djlctc.examples.common.train;

/** DJL's engine does not start; the message says why, and what to do about it. */
public final class EngineStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
