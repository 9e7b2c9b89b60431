package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDManager;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that make batches ahead of their use.
 *
 * <p>Each makes one sample at a time, so that all of them work on the batch that is needed next.
 */
final class BatchLoader implements AutoCloseable {

    private static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";
    private static final int SAMPLES_PER_THREAD = 2;
    private static final long MAX_WAIT_SECONDS = 30;

    private final int threads;
    private final ExecutorService executor;

    /**
     * Starts threads.
     *
     * @param threads their number, 1 or more
     */
    BatchLoader(int threads) {
        this.threads = threads;
        AtomicInteger count = new AtomicInteger();
        executor =
                Executors.newFixedThreadPool(
                        threads,
                        task -> {
                            Thread thread = new Thread(task, "data-" + count.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** Divides the processors by the number of PyTorch's threads that each thread starts. */
    static BatchLoader onAllProcessors() {
        int perThread = Math.max(1, Integer.getInteger(ENGINE_THREADS, 1));
        return new BatchLoader(Math.max(1, Runtime.getRuntime().availableProcessors() / perThread));
    }

    /**
     * Starts to make the batches of the sampler's epoch.
     *
     * @param manager owns the batches that are not closed
     * @return the batches; to be closed before the manager
     */
    BatchStream load(SampleDataset dataset, NDManager manager) {
        return new BatchStream(dataset, manager, executor, batchesAhead(dataset));
    }

    /** Returns enough for all threads while the model has one batch and another one is ready. */
    private int batchesAhead(SampleDataset dataset) {
        int batchSize = dataset.sampler().getBatchSize();
        return 2 + (SAMPLES_PER_THREAD * threads + batchSize - 1) / batchSize;
    }

    /** Ends the threads. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            // PyTorch must not be unloaded while a thread runs an operator.
            executor.awaitTermination(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
