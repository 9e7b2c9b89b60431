package io.github.djlctc.examples.common.train;

import java.io.IOException;

/** Reports that a folder does not hold a usable model. */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
