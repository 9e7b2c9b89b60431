package io.github.djlctc.examples.decode;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileNamesTest {

    @Test
    void namesStayInTheFolderAndDiffer() {
        FileNames names = new FileNames();

        assertThat(names.name("an4-é.1")).isEqualTo("an4-é.1");
        assertThat(names.name("a/b")).isEqualTo("a_b");
        assertThat(names.name("a\\b")).isEqualTo("a_b_2");
        assertThat(names.name("A:B")).isEqualTo("A_B_3");
        assertThat(names.name("..")).isEqualTo("_.");
        assertThat(names.name("x".repeat(300))).hasSize(100);
    }
}
