package io.github.djlctc.examples.common;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class OrderedTasksTest {

    private final List<Integer> handedOver = new ArrayList<>();

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void work(int number) {
        int turns = new Random(number).nextInt(20_000);
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000})
    void handsResultsOverInTheirOrder(int threads) throws Exception {
        OrderedTasks.run(
                500,
                threads,
                number -> {
                    work(number);
                    return number * 2;
                },
                (number, result) -> {
                    assertThat(result).isEqualTo(number * 2);
                    handedOver.add(number);
                });

        assertThat(handedOver).isEqualTo(numbers(500));
    }

    @Test
    void doesNothingIfThereAreNoTasks() throws Exception {
        OrderedTasks.run(0, 4, number -> number, (number, result) -> handedOver.add(number));

        assertThat(handedOver).isEmpty();
    }

    /** While the first task takes long, few results of the others are kept. */
    @Test
    void waitsForATaskThatTakesLong() throws Exception {
        CountDownLatch enough = new CountDownLatch(32);
        AtomicInteger most = new AtomicInteger();
        OrderedTasks.run(
                1_000,
                2,
                number -> {
                    most.accumulateAndGet(number - handedOver.size(), Math::max);
                    enough.countDown();
                    if (number == 0) {
                        await(enough);
                    }
                    return number;
                },
                (number, result) -> handedOver.add(number));

        assertThat(handedOver).isEqualTo(numbers(1_000));
        assertThat(most.get()).isLessThanOrEqualTo(32);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void beforeAnErrorAllEarlierResultsAreHandedOver(int threads) {
        assertThatThrownBy(
                        () ->
                                OrderedTasks.run(
                                        500,
                                        threads,
                                        number -> {
                                            if (number >= 200) {
                                                throw new IOException("task " + number);
                                            }
                                            work(number);
                                            return number;
                                        },
                                        (number, result) -> handedOver.add(number)))
                .isInstanceOf(IOException.class)
                .hasMessage("task 200");
        assertThat(handedOver).isEqualTo(numbers(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void stopsWhenResultsCannotBeHandedOver(int threads) {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                OrderedTasks.run(
                                        100_000,
                                        threads,
                                        number -> {
                                            begun.incrementAndGet();
                                            return number;
                                        },
                                        (number, result) -> {
                                            if (number == 100) {
                                                throw new IOException("full");
                                            }
                                            handedOver.add(number);
                                        }))
                .hasMessage("full");
        assertThat(handedOver).isEqualTo(numbers(100));
        assertThat(begun.get()).isLessThanOrEqualTo(101 + 16 * threads);
    }

    @Test
    void errorsOfTheMachineAreNotWrapped() {
        assertThatThrownBy(
                        () ->
                                OrderedTasks.run(
                                        10,
                                        2,
                                        number -> {
                                            throw new OutOfMemoryError("heap");
                                        },
                                        (number, result) -> handedOver.add(number)))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("heap");
    }
}
