package io.github.djlctc.examples.common.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An output that remembers its first failure, since a {@link java.io.PrintWriter} keeps it to
 * itself: a full disk must not look like success.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream target;
    private IOException failure;

    /**
     * Creates the output.
     *
     * @param target takes what is written; it must throw if it cannot
     */
    StandardOutput(OutputStream target) {
        this.target = target;
    }

    /** Returns why something was not written. */
    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        try {
            target.flush();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }
}
