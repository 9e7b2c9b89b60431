package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkersTest {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(60)
    void awaitsMoreWorkWithinWorkThanThereAreThreads() throws IOException {
        try (Workers workers = new Workers(2)) {
            assertThat(workers.start(() -> leaves(workers, 6)).await()).isEqualTo(64);
        }
    }

    @Test
    @Timeout(60)
    void theThreadThatWaitsDoesTheWork() throws IOException {
        try (Workers workers = new Workers(1)) {
            assertThat(workers.start(() -> leaves(workers, 6)).await()).isEqualTo(64);
        }
        assertThat(threads).hasSize(1);
    }

    private int leaves(Workers workers, int depth) throws IOException {
        threads.add(Thread.currentThread());
        if (depth == 0) {
            return 1;
        }
        List<Workers.Work<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            parts.add(workers.start(() -> leaves(workers, depth - 1)));
        }
        return parts.get(0).await() + parts.get(1).await();
    }

    @Test
    void throwsWhatTheWorkThrew() {
        try (Workers workers = new Workers()) {
            IOException problem = new IOException("the disk is full");
            Workers.Work<Integer> work =
                    workers.start(
                            () -> {
                                throw problem;
                            });
            assertThatThrownBy(work::await).isSameAs(problem);
        }
    }
}
