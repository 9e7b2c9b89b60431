package io.github.djlctc.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that work together with the calling one until a common task is done. */
final class ReplicaThreads implements AutoCloseable {

    private static final int MAX_WAIT_SECONDS = 60;

    private final ExecutorService executor;

    ReplicaThreads(int threads) {
        AtomicInteger count = new AtomicInteger();
        executor =
                Executors.newFixedThreadPool(
                        Math.max(1, threads - 1),
                        task -> {
                            Thread thread = new Thread(task, "replica-" + count.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Does the parts of a task at the same time, the first in the calling thread, and returns when
     * none is being done any more.
     *
     * @throws RuntimeException what the first part threw that failed, or an error; an {@link
     *     IllegalStateException} in place of a checked exception
     */
    void run(int parts, IntConsumer task) {
        List<Future<?>> others = new ArrayList<>();
        Throwable failure = null;
        try {
            for (int part = 1; part < parts; part++) {
                int number = part;
                others.add(executor.submit(() -> task.accept(number)));
            }
            task.accept(0);
        } catch (Throwable e) {
            // Also checked exceptions, which blocks in other languages may throw.
            failure = e;
        }
        for (Future<?> other : others) {
            failure = joined(failure, await(other));
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            throw new IllegalStateException("a replica failed: " + failure, failure);
        }
    }

    private static Throwable joined(Throwable first, Throwable other) {
        if (first != null && other != null && first != other) {
            first.addSuppressed(other);
        }
        return first == null ? other : first;
    }

    /** Waits even if interrupted, since the parts use the caller's memory; returns what failed. */
    private static Throwable await(Future<?> part) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    part.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            // PyTorch must not be unloaded while a thread runs an operator.
            executor.awaitTermination(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
