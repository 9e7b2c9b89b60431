package io.github.djlctc.examples.common.train;

/** Another run trains in the folder of a model; the message names its process and the remedy. */
public final class FolderInUseException extends Exception {

    private static final long serialVersionUID = 1L;

    FolderInUseException(String message) {
        super(message);
    }
}
