package io.github.djlctc.decode;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not hold a label prior; the message names the file, the line and the remedy. */
public final class LabelPriorFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    LabelPriorFormatException(Path file, String problem) {
        super(file + ": " + problem);
    }

    LabelPriorFormatException(Path file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
