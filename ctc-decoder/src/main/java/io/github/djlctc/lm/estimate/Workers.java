package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Threads that share work, one for each processor.
 *
 * <p>Work may start other work and await it: a thread that waits does other work meanwhile.
 */
final class Workers implements AutoCloseable {

    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ForkJoinPool pool = new ForkJoinPool(threads);

    int threads() {
        return threads;
    }

    <T> Work<T> start(Callable<T> work) {
        return new Work<>(CompletableFuture.supplyAsync(() -> call(work), pool));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Work that was started. */
    static final class Work<T> {

        private final CompletableFuture<T> future;

        private Work(CompletableFuture<T> future) {
            this.future = future;
        }

        /** Returns the result, or throws what the work threw. */
        T await() throws IOException {
            try {
                return future.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof UncheckedIOException problem) {
                    throw problem.getCause();
                }
                if (e.getCause() instanceof RuntimeException problem) {
                    throw problem;
                }
                if (e.getCause() instanceof Error problem) {
                    throw problem;
                }
                throw e;
            }
        }
    }
}
