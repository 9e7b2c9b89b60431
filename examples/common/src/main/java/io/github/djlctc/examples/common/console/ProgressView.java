package io.github.djlctc.examples.common.console;

/** One way to show progress. Called by one thread at a time. */
interface ProgressView {

    void stepBy(long units);

    void message(String message);

    /** Does not wait before it shows something for the first time. */
    default void showNow() {}

    void close();
}
