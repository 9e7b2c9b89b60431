package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Threads that share work, one for each processor.
 *
 * <p>Work may start other work and await it: a thread that waits does other work meanwhile.
 */
final class Workers implements AutoCloseable {

    private final int threads;
    private final ForkJoinPool pool;

    Workers() {
        this(Runtime.getRuntime().availableProcessors());
    }

    Workers(int threads) {
        this.threads = threads;
        pool = new ForkJoinPool(threads);
    }

    int threads() {
        return threads;
    }

    <T> Work<T> start(Callable<T> work) {
        Work<T> started = new Work<>(work);
        if (ForkJoinTask.getPool() == pool) {
            started.fork();
        } else {
            pool.execute(started);
        }
        return started;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /**
     * Work that was started.
     *
     * <p>Not a {@code CompletableFuture}: a thread that waits for one does no other work of its
     * pool, and where the pool has no second thread by then, waits for ever.
     */
    static final class Work<T> extends RecursiveAction {

        private static final long serialVersionUID = 1L;

        private final transient Callable<T> work;
        private transient T result;
        private transient Throwable failure;

        private Work(Callable<T> work) {
            this.work = work;
        }

        @Override
        protected void compute() {
            try {
                result = work.call();
            } catch (Throwable e) {
                failure = e;
            }
        }

        /** Returns the result, or throws what the work threw. */
        T await() throws IOException {
            join();
            if (failure instanceof IOException problem) {
                throw problem;
            }
            if (failure instanceof RuntimeException problem) {
                throw problem;
            }
            if (failure instanceof Error problem) {
                throw problem;
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            return result;
        }
    }
}
