package io.github.djlctc.examples.common.emission;

import java.io.IOException;

/** Emissions cannot be decoded. */
public final class EmissionFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    EmissionFormatException(String source, String problem) {
        super(source + ": " + problem);
    }
}
