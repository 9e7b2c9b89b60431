package io.github.djlctc.examples.common.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An output that ends a program at its first failure, and remembers it: a full disk must not look
 * like success, and nothing needs to be done for a reader that has ended.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream target;
    private LostOutputException failure;

    /**
     * Creates the output.
     *
     * @param target takes what is written; it must throw if it cannot
     */
    StandardOutput(OutputStream target) {
        this.target = target;
    }

    /** Returns why something was not written. */
    synchronized Optional<LostOutputException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /**
     * Writes bytes.
     *
     * @throws LostOutputException if that fails, or failed before
     */
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        run(() -> target.write(bytes, offset, length));
    }

    @Override
    public synchronized void flush() {
        run(target::flush);
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void run(Writing writing) {
        if (failure == null) {
            try {
                writing.run();
                return;
            } catch (IOException e) {
                failure = new LostOutputException(e);
            }
        }
        throw failure;
    }
}
