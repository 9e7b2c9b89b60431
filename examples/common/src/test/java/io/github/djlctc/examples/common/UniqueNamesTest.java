package io.github.djlctc.examples.common;

import org.junit.jupiter.api.Test;

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
}
