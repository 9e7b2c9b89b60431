package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.examples.common.OrderedTasks;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.Utterance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Reads and decodes all utterances once, several at a time, and measures the CPU time of decoding
 * alone. Of the utterances only those that are being decoded are in memory.
 */
final class DecodingPass {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Takes what was found in an utterance; in the order of the utterances. */
    @FunctionalInterface
    interface Sink {
        void accept(String id, BeamSearchResult result) throws IOException;
    }

    private final Function<Utterance, BeamSearchResult> decoder;
    private final LongAdder cpuNanos = new LongAdder();
    private long wallNanos;

    private DecodingPass(Function<Utterance, BeamSearchResult> decoder) {
        this.decoder = decoder;
    }

    static DecodingPass run(
            Emissions emissions,
            Function<Utterance, BeamSearchResult> decoder,
            int threads,
            Sink sink)
            throws IOException, InterruptedException {
        DecodingPass pass = new DecodingPass(decoder);
        long start = System.nanoTime();
        OrderedTasks.run(
                emissions.size(),
                threads,
                index -> emissions.apply(index, pass::decode),
                (index, result) -> sink.accept(emissions.ids().get(index), result));
        pass.wallNanos = System.nanoTime() - start;
        return pass;
    }

    private BeamSearchResult decode(Utterance utterance) {
        long start = THREADS.getCurrentThreadCpuTime();
        BeamSearchResult result = decoder.apply(utterance);
        cpuNanos.add(THREADS.getCurrentThreadCpuTime() - start);
        return result;
    }

    /** {@return the CPU time of the decoding alone, summed over the threads} */
    double cpuSeconds() {
        return cpuNanos.sum() / 1e9;
    }

    /** {@return the time from the first utterance to the last, with reading and writing} */
    double wallSeconds() {
        return wallNanos / 1e9;
    }
}
