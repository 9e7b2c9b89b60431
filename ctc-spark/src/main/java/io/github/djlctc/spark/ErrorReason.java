package io.github.djlctc.spark;

import ai.djl.translate.TranslateException;

/** Says in words why something failed. */
final class ErrorReason {

    private ErrorReason() {}

    static String of(Throwable error) {
        if (error instanceof TranslateException && error.getCause() != null) {
            return of(error.getCause());
        }
        if (error instanceof OutOfMemoryError) {
            return "there is too little memory for it: " + error.getMessage();
        }
        boolean telling = error instanceof Exception && error.getMessage() != null;
        return telling ? error.getMessage() : error.toString();
    }
}
