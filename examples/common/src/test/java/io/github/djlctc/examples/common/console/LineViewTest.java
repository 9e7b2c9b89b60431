package io.github.djlctc.examples.common.console;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class LineViewTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong clock = new AtomicLong(5_000_000_000L);

    @Test
    void printsALineEveryTenSecondsWithRateAndRemainingTime() {
        LineView view = new LineView("epoch 1", 100, "batches", out, clock::get);

        for (int i = 0; i < 25; i++) {
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            view.message("loss " + i);
            view.stepBy(1);
        }

        assertThat(lines())
                .containsExactly(
                        "epoch 1: 10/100 batches (10%), 1.0/s, 0:01:30 left, loss 9",
                        "epoch 1: 20/100 batches (20%), 1.0/s, 0:01:20 left, loss 19");
    }

    @Test
    void endsWithTheDuration() {
        LineView view = new LineView("read", 2, "files", out, clock::get);

        clock.addAndGet(TimeUnit.SECONDS.toNanos(4));
        view.stepBy(2);
        view.close();

        assertThat(lines()).containsExactly("read: 2/2 files (100%), 0.5/s, took 0:00:04");
    }

    @Test
    void doesWithoutTheTotal() {
        LineView view = new LineView("read", 0, "files", out, clock::get);

        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
        view.stepBy(30);

        assertThat(lines()).containsExactly("read: 30 files, 3.0/s");
    }

    @Test
    void stepsFromSeveralThreadsAreAllCountedAndClosingTwiceEndsOnce() throws InterruptedException {
        ConsoleProgress progress = ConsoleProgress.lines("read", 4000, "files", out);
        List<Thread> threads =
                IntStream.range(0, 4)
                        .mapToObj(
                                t ->
                                        new Thread(
                                                () -> {
                                                    for (int i = 0; i < 1000; i++) {
                                                        progress.step();
                                                    }
                                                }))
                        .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        progress.close();
        progress.close();

        assertThat(lines()).singleElement().asString().startsWith("read: 4000/4000 files (100%)");
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
