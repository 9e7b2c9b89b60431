package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkersTest {

    /** More work waits for other work than there are threads. */
    @Test
    @Timeout(60)
    void awaitsWorkWithinWork() throws IOException {
        for (int repetition = 0; repetition < 200; repetition++) {
            try (Workers workers = new Workers()) {
                assertThat(workers.start(() -> sum(workers, 6)).await()).isEqualTo(64);
            }
        }
    }

    private static int sum(Workers workers, int depth) throws IOException {
        if (depth == 0) {
            return 1;
        }
        List<Workers.Work<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            parts.add(workers.start(() -> sum(workers, depth - 1)));
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
