package io.github.djlctc.examples.common;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words what went wrong, where the message of an exception alone does not. */
public final class ErrorText {

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
}
