package io.github.djlctc.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * What is in a file does not fit into the memory that Java may use.
 *
 * <p>The file may be right: with more memory ({@code java -Xmx}) it can be read.
 */
public final class InsufficientMemoryException extends IOException {

    private static final long serialVersionUID = 1L;

    private InsufficientMemoryException(String message, OutOfMemoryError cause) {
        super(message, cause);
    }

    /**
     * Names the file.
     *
     * @param file the file that was read
     * @param cause what Java reported; what it was to hold should be unreachable by now
     * @return an exception whose message has the size of the file and of the memory
     */
    public static InsufficientMemoryException of(Path file, OutOfMemoryError cause) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(cause, "cause");
        return of(file.toString(), size(file), cause);
    }

    /**
     * Names a part of a file, such as an array.
     *
     * @param part the file, and which part of it was read
     * @param bytes the memory that its values take
     * @param cause what Java reported; what it was to hold should be unreachable by now
     * @return an exception whose message has the size of the part and of the memory
     */
    public static InsufficientMemoryException of(String part, long bytes, OutOfMemoryError cause) {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(cause, "cause");
        return of(part, megabytes(bytes), cause);
    }

    private static InsufficientMemoryException of(
            String what, String size, OutOfMemoryError cause) {
        return new InsufficientMemoryException(
                "%s (%s) does not fit into the memory that Java may use, %s"
                        .formatted(what, size, megabytes(Runtime.getRuntime().maxMemory())),
                cause);
    }

    private static String size(Path file) {
        try {
            return Files.isRegularFile(file) ? megabytes(Files.size(file)) : "of unknown size";
        } catch (IOException e) {
            return "of unknown size";
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", Math.max(1, bytes / 1_000_000));
    }
}
