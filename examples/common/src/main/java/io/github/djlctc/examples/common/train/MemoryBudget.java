package io.github.djlctc.examples.common.train;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that cached samples may take together; several threads may use it at once. */
public final class MemoryBudget {

    private static final long TRAINING_BYTES = 768L << 20;

    private final long maxBytes;
    private final AtomicLong reservedBytes = new AtomicLong();

    /**
     * Creates a budget of which nothing is reserved.
     *
     * @param maxBytes the most bytes that may be reserved, 0 or more
     */
    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the budget of the examples' trainings.
     *
     * @return a budget of 768 MiB
     */
    public static MemoryBudget forTraining() {
        return new MemoryBudget(TRAINING_BYTES);
    }

    /**
     * Reserves memory, unless that would exceed the budget.
     *
     * @param bytes how much to reserve, 0 or more
     * @return true if it is reserved
     */
    public boolean reserve(long bytes) {
        if (reservedBytes.addAndGet(bytes) > maxBytes) {
            reservedBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }
}
