package io.github.djlctc.replica;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplicaThreadsTest {

    private static final int PARTS = 4;

    private final ReplicaThreads threads = new ReplicaThreads(PARTS);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void doesEachPartOnceAndAllAtTheSameTime() {
        CountDownLatch all = new CountDownLatch(PARTS);
        AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
        threads.run(
                PARTS,
                part -> {
                    all.countDown();
                    await(all);
                    done.incrementAndGet(part);
                });
        assertThat(done).hasToString("[1, 1, 1, 1]");
    }

    @Test
    void throwsWhatTheFirstPartThrewWhenNoneIsRunningAnyMore() {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        assertThatThrownBy(
                        () ->
                                threads.run(
                                        PARTS,
                                        part -> {
                                            if (part == 1 || part == 2) {
                                                failed.countDown();
                                                throw new IllegalArgumentException("part " + part);
                                            }
                                            running.incrementAndGet();
                                            await(failed);
                                            running.decrementAndGet();
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("part 1")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(running).hasValue(0);
    }

    /** The JVM throws one and the same error where it has no memory for another. */
    @Test
    void theSameErrorMayComeFromSeveralParts() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(
                        () ->
                                threads.run(
                                        PARTS,
                                        part -> {
                                            throw error;
                                        }))
                .isSameAs(error);
    }

    @Test
    void aCheckedExceptionIsNotLost() {
        for (int failing = 0; failing < 2; failing++) {
            int number = failing;
            assertThatThrownBy(
                            () ->
                                    threads.run(
                                            PARTS,
                                            part -> {
                                                if (part == number) {
                                                    sneak(new IOException("gone"));
                                                }
                                            }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("gone")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void noPartIsStartedAfterTheEnd() {
        threads.close();
        assertThatThrownBy(() -> threads.run(2, part -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception exception) throws E {
        throw (E) exception;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
