package io.github.djlctc.examples.common;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Says in words what went wrong, where the message of an exception alone does not. */
public final class ErrorText {

    /** How the systems that Java runs on say it; Java has no type for it. */
    private static final List<String> DISK_FULL =
            List.of(
                    "No space left on device",
                    "Disk quota exceeded",
                    "There is not enough space on the disk");

    private ErrorText() {}

    /**
     * Describes an exception to a user.
     *
     * @param exception the exception
     * @return what went wrong, never null
     */
    public static String of(Throwable exception) {
        if (exception instanceof UncheckedIOException e) {
            return of(e.getCause());
        }
        if (exception instanceof NoSuchFileException e) {
            return "no such file or folder: " + e.getFile();
        }
        if (exception instanceof AccessDeniedException e) {
            return "no permission for " + e.getFile();
        }
        if (exception instanceof FileAlreadyExistsException e) {
            return "a file is in the way of the folder " + e.getFile();
        }
        if (exception instanceof InvalidPathException e) {
            return invalidPath(e);
        }
        if (exception instanceof FileSystemException e && e.getReason() == null) {
            return e.getClass().getSimpleName() + ": " + e.getFile();
        }
        if (exception instanceof CharacterCodingException) {
            return "the text is not UTF-8";
        }
        if (exception instanceof EOFException) {
            return "the file ends too early";
        }
        return exception.getMessage() == null ? exception.toString() : exception.getMessage();
    }

    /**
     * Tells whether a file could not be written for want of space.
     *
     * @param exception the exception
     * @return whether it, or a cause of it, says so
     */
    public static boolean isDiskFull(Throwable exception) {
        for (Throwable e = exception; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage());
            if (DISK_FULL.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    private static String invalidPath(InvalidPathException e) {
        boolean locale = e.getReason().contains("unmappable");
        // Java does not let -Dsun.jnu.encoding decide.
        String remedy = "; the locale has no such characters: set LC_ALL=C.UTF-8";
        return "not the name of a file: \""
                + e.getInput()
                + "\" ("
                + e.getReason()
                + ")"
                + (locale ? remedy : "");
    }
}
