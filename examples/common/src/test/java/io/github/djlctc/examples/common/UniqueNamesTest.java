package io.github.djlctc.examples.common;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class UniqueNamesTest {

    @Test
    void namesThatAreTakenGetANumber() {
        UniqueNames names = new UniqueNames("-");

        assertThat(names.take("a", ".png")).isEqualTo("a.png");
        assertThat(names.take("a", ".png")).isEqualTo("a-2.png");
        assertThat(names.take("A", ".png")).isEqualTo("A-3.png");
        assertThat(names.take("a-2", ".png")).isEqualTo("a-2-2.png");
        assertThat(names.take("a", ".txt")).isEqualTo("a.txt");
    }

    /** As the recordings of a corpus with a folder for each; before, each tried all numbers. */
    @Test
    @Timeout(60)
    void manyFilesMayHaveTheSameName() {
        UniqueNames names = new UniqueNames("-");
        names.take("a-3", ".srt");
        assertThat(names.take("a", ".srt")).isEqualTo("a.srt");
        assertThat(names.take("A", ".srt")).isEqualTo("A-2.srt");
        assertThat(names.take("a", ".srt")).isEqualTo("a-4.srt");
        for (int n = 5; n < 300_000; n++) {
            assertThat(names.take("a", ".srt")).isEqualTo("a-" + n + ".srt");
        }
    }
}
