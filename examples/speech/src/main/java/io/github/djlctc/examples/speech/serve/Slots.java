package io.github.djlctc.examples.speech.serve;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many may do something at the same time; the next one is refused. Thread-safe. */
final class Slots {

    private final int count;
    private final String reason;
    private final Semaphore free;

    /**
     * Creates the slots.
     *
     * @param count how many there are
     * @param reason what one is told who gets none, with %d for the count
     */
    Slots(int count, String reason) {
        this.count = count;
        this.reason = reason.formatted(count);
        free = new Semaphore(count);
    }

    /** A slot that is taken until it is closed. */
    interface Slot extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Takes a slot.
     *
     * @throws Refusal with status 429 if none is free
     */
    Slot take() {
        if (!free.tryAcquire()) {
            throw Refusal.busy(reason);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                free.release();
            }
        };
    }

    /** Something that takes a slot while it is done. */
    @FunctionalInterface
    interface Work<T> {

        /**
         * Does it.
         *
         * @throws IOException if reading fails
         */
        T run() throws IOException;
    }

    /**
     * Takes a slot while something is done.
     *
     * @throws Refusal with status 429 if none is free
     */
    <T> T during(Work<T> work) throws IOException {
        Slot slot = take();
        try {
            return work.run();
        } finally {
            slot.close();
        }
    }

    int taken() {
        return count - free.availablePermits();
    }
}
