package io.github.djlctc.examples.common;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Does numbered tasks on several threads, and hands their results over in the order of the numbers
 * as soon as they are there. A task waits until those far before it have been handed over, so that
 * only a few results are kept.
 *
 * <p>If a task fails, the results of all before it are handed over, whatever the number of threads,
 * and then its error is thrown.
 *
 * @param <T> what a result is
 */
public final class OrderedTasks<T> {

    /** How many results of each thread may wait for one that takes longer. */
    private static final int WAITING = 16;

    /**
     * Does a task; called by several threads at once.
     *
     * @param <T> what a result is
     */
    @FunctionalInterface
    public interface Task<T> {

        /**
         * Does it.
         *
         * @param number its number, from 0 on
         * @return the result
         * @throws IOException if that fails
         */
        T run(int number) throws IOException;
    }

    /**
     * Takes a result; called by one thread at a time.
     *
     * @param <T> what a result is
     */
    @FunctionalInterface
    public interface Sink<T> {

        /**
         * Takes it.
         *
         * @param number the number of the task
         * @param result its result
         * @throws IOException if that fails
         */
        void accept(int number, T result) throws IOException;
    }

    private final int count;
    private final int window;
    private final Task<T> task;
    private final Sink<T> sink;
    private final Map<Integer, T> waiting = new HashMap<>();
    private int begun;
    private int handedOver;

    /** The number of the first task that failed; the number of tasks if none did. */
    private int failed;

    private Throwable failure;

    private OrderedTasks(int count, int threads, Task<T> task, Sink<T> sink) {
        this.count = count;
        this.task = task;
        this.sink = sink;
        window = WAITING * threads;
        failed = count;
    }

    /**
     * Does all tasks. No thread is at a task any more when this returns, or throws what a task or
     * the sink has thrown.
     *
     * @param <T> what a result is
     * @param count how many there are; their numbers start at 0
     * @param threads how many to do at a time, 1 or more
     * @param task does each
     * @param sink takes their results
     * @throws IOException if a task or the sink throws it
     * @throws InterruptedException if the calling thread is interrupted; tasks that were begun go
     *     on until they are done
     */
    public static <T> void run(int count, int threads, Task<T> task, Sink<T> sink)
            throws IOException, InterruptedException {
        int useful = Math.min(threads, count);
        if (useful <= 1) {
            for (int number = 0; number < count; number++) {
                sink.accept(number, task.run(number));
            }
            return;
        }
        OrderedTasks<T> tasks = new OrderedTasks<>(count, useful, task, sink);
        tasks.runOn(useful);
        tasks.throwFailure();
    }

    private void runOn(int threads) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> workers =
                    IntStream.range(0, threads).mapToObj(i -> executor.submit(this::work)).toList();
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private void work() {
        for (int number = next(); number >= 0; number = next()) {
            try {
                handOver(number, task.run(number));
            } catch (IOException | RuntimeException | Error e) { // rethrown by throwFailure
                fail(number, e);
            }
        }
    }

    /** Returns the number of the next task once it may begin; -1 if there is none. */
    private synchronized int next() {
        try {
            while (failure == null && begun < count && begun - handedOver >= window) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
        return failure != null || begun == count ? -1 : begun++;
    }

    private synchronized void handOver(int number, T result) {
        waiting.put(number, result);
        while (handedOver < failed && waiting.containsKey(handedOver)) {
            try {
                sink.accept(handedOver, waiting.remove(handedOver));
            } catch (IOException | RuntimeException | Error e) { // rethrown by throwFailure
                fail(handedOver, e);
                return;
            }
            handedOver++;
        }
        notifyAll();
    }

    private synchronized void fail(int number, Throwable e) {
        if (number < failed) {
            failed = number;
            failure = e;
        }
        notifyAll();
    }

    private void throwFailure() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
