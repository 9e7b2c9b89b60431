package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Thrown if temporary files cannot be written or read, such as on a full disk. The message names
 * the folder, the cause and the remedy.
 */
public final class TemporaryStorageException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The folder of the temporary file. */
    private final String folder;

    TemporaryStorageException(Path folder, IOException cause) {
        super(
                "cannot keep a temporary file in "
                        + folder
                        + ": "
                        + Objects.requireNonNullElse(
                                cause.getMessage(), cause.getClass().getSimpleName())
                        + "; name another folder for temporary files, or permit more memory",
                cause);
        this.folder = folder.toString();
    }

    /**
     * Returns the folder of the temporary files.
     *
     * @return its path
     */
    public String folder() {
        return folder;
    }
}
