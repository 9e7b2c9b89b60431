package io.github.djlctc.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Opens files to read, with errors that name them. */
public final class InputFile {

    private InputFile() {}

    /**
     * Opens a file.
     *
     * @param file the file; may be a pipe or a device
     * @return its bytes, not buffered
     * @throws FileSystemException if the file is a folder, which Java would open and fail to read
     *     without naming it, or does not exist, or may not be read
     * @throws IOException if it cannot be opened for another reason
     */
    public static InputStream open(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (Files.isDirectory(file)) {
            throw new FileSystemException(
                    file.toString(), null, "this is a folder; give a file in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A channel asks a pipe for its position, and fails.
            return new FileInputStream(file.toFile());
        }
        return Files.newInputStream(file);
    }
}
