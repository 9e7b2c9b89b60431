package io.github.djlctc.examples.common.console;

/** Shows nothing. */
final class SilentView implements ProgressView {

    @Override
    public void stepBy(long units) {
        // Nothing to show.
    }

    @Override
    public void message(String message) {
        // Nothing to show.
    }

    @Override
    public void close() {
        // Nothing to end.
    }
}
