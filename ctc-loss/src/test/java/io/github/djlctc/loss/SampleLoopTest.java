package io.github.djlctc.loss;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SampleLoopTest {

    private static final int SAMPLES = 1000;

    @Test
    void everySampleIsWorkedOnOnce() {
        AtomicIntegerArray counts = new AtomicIntegerArray(SAMPLES);
        SampleLoop.run(SAMPLES, 4, () -> counts::incrementAndGet);
        for (int n = 0; n < SAMPLES; n++) {
            assertThat(counts.get(n)).isEqualTo(1);
        }
    }

    @Test
    void oneThreadIsTheCallers() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        SampleLoop.run(SAMPLES, 1, () -> n -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void otherThreadsAreThoseOfTheCommonPool() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        SampleLoop.run(SAMPLES, 4, () -> n -> threads.add(Thread.currentThread()));
        threads.remove(Thread.currentThread());
        assertThat(threads).allMatch(thread -> thread.getName().startsWith("ForkJoinPool.common"));
    }

    @Test
    void worksWithinAPoolThatIsBusy() {
        int tasks = 8;
        AtomicIntegerArray counts = new AtomicIntegerArray(SAMPLES);
        ForkJoinPool.commonPool()
                .submit(
                        () ->
                                IntStream.range(0, tasks)
                                        .parallel()
                                        .forEach(
                                                task ->
                                                        SampleLoop.run(
                                                                SAMPLES,
                                                                4,
                                                                () -> counts::incrementAndGet)))
                .join();
        for (int n = 0; n < SAMPLES; n++) {
            assertThat(counts.get(n)).isEqualTo(tasks);
        }
    }

    @Test
    void aFailureReachesTheCallerAfterAllSamples() {
        AtomicIntegerArray counts = new AtomicIntegerArray(SAMPLES);
        assertThatThrownBy(
                        () ->
                                SampleLoop.run(
                                        SAMPLES,
                                        2,
                                        () ->
                                                n -> {
                                                    counts.incrementAndGet(n);
                                                    if (n == 10) {
                                                        throw new IllegalStateException("ten");
                                                    }
                                                }))
                .hasMessage("ten");
        assertThat(counts.get(SAMPLES - 1)).isEqualTo(1);
    }

    @Test
    void anInterruptIsKept() {
        Thread.currentThread().interrupt();
        AtomicIntegerArray counts = new AtomicIntegerArray(2);
        SampleLoop.run(2, 2, () -> counts::incrementAndGet);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(counts.get(0) + counts.get(1)).isEqualTo(2);
    }
}
