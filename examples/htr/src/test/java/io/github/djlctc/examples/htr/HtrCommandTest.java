package io.github.djlctc.examples.htr;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class HtrCommandTest {

    @Test
    void showsItsVersion() {
        StringWriter out = new StringWriter();

        int code = HtrCommand.commandLine().setOut(new PrintWriter(out)).execute("--version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("htr 0.1.0");
    }
}
