package io.github.djlctc.loss;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Processes the samples of a batch in the calling thread and in idle threads of the JVM's common
 * pool. No thread is started, and a thread that has not begun a sample is not waited for.
 */
final class SampleLoop {

    private final int samples;
    private final Supplier<IntConsumer> workers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch left;

    private SampleLoop(int samples, Supplier<IntConsumer> workers) {
        this.samples = samples;
        this.workers = workers;
        left = new CountDownLatch(samples);
    }

    /**
     * Processes all samples and returns when they are done.
     *
     * @param samples the number of samples
     * @param threads the largest number of threads to use
     * @param workers makes a worker for each thread that takes part; a worker is called with the
     *     samples, one after the other
     */
    static void run(int samples, int threads, Supplier<IntConsumer> workers) {
        SampleLoop loop = new SampleLoop(samples, workers);
        for (int helper = 1; helper < Math.min(threads, samples); helper++) {
            ForkJoinPool.commonPool().execute(loop::work);
        }
        loop.work();
        loop.await();
    }

    private void work() {
        IntConsumer worker = null;
        for (int n = next.getAndIncrement(); n < samples; n = next.getAndIncrement()) {
            try {
                if (worker == null) {
                    worker = workers.get();
                }
                worker.accept(n);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                // Samples in progress use the caller's memory.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
