package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.decode.data.Utterance;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Decodes all utterances once, several at a time, and measures the time of decoding alone. */
final class DecodingPass {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Utterance> utterances;
    private final Function<Utterance, BeamSearchResult> decoder;
    private final BeamSearchResult[] results;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder cpuNanos = new LongAdder();
    private long wallNanos;

    private DecodingPass(
            List<Utterance> utterances, Function<Utterance, BeamSearchResult> decoder) {
        this.utterances = utterances;
        this.decoder = decoder;
        results = new BeamSearchResult[utterances.size()];
    }

    static DecodingPass run(
            List<Utterance> utterances,
            Function<Utterance, BeamSearchResult> decoder,
            int threads,
            ConsoleProgress progress)
            throws InterruptedException {
        DecodingPass pass = new DecodingPass(utterances, decoder);
        long start = System.nanoTime();
        int useful = Math.min(threads, utterances.size());
        if (useful <= 1) {
            pass.decodeAll(progress);
        } else {
            pass.decodeAll(progress, useful);
        }
        pass.wallNanos = System.nanoTime() - start;
        return pass;
    }

    private void decodeAll(ConsoleProgress progress, int threads) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> workers =
                    IntStream.range(0, threads)
                            .mapToObj(i -> executor.submit(() -> decodeAll(progress)))
                            .toList();
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private void decodeAll(ConsoleProgress progress) {
        int index;
        while ((index = next.getAndIncrement()) < results.length) {
            Utterance utterance = utterances.get(index);
            long start = THREADS.getCurrentThreadCpuTime();
            results[index] = decoder.apply(utterance);
            cpuNanos.add(THREADS.getCurrentThreadCpuTime() - start);
            progress.step();
        }
    }

    /** {@return what was found in each utterance, in their order} */
    List<BeamSearchResult> results() {
        return Arrays.asList(results);
    }

    /** {@return the CPU time of the decoding alone, summed over the threads} */
    double cpuSeconds() {
        return cpuNanos.sum() / 1e9;
    }

    /** {@return the time from the first utterance to the last} */
    double wallSeconds() {
        return wallNanos / 1e9;
    }
}
