package io.github.djlctc.examples.common.train;

import ai.djl.engine.EngineException;

import io.github.djlctc.examples.common.command.ProgramCommandLine;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;

/** What a program says whose memory runs out: one line with the remedy for the memory it is of. */
class BatchMemoryExceptionTest {

    @Command(name = "program")
    private record Program(Exception exception) implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            throw exception;
        }
    }

    private static String error(Throwable cause) {
        PreparedSample sample = new PreparedSample("an hour", "A", new long[] {2}, 9, 1, null);
        StringWriter err = new StringWriter();
        Program program = new Program(BatchMemoryException.of(List.of(sample), cause));
        int code = ProgramCommandLine.of(program).setErr(new PrintWriter(err)).execute();
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip();
    }

    @Test
    void javaMayBeGivenMore() {
        assertThat(error(new OutOfMemoryError("Java heap space")))
                .startsWith("program: out of memory for a batch of 1, of which an hour is")
                .containsPattern("JAVA_OPTS=-Xmx\\d+g$");
    }

    /** It would have less. */
    @Test
    void theEngineIsNotGivenMoreByGivingItToJava() {
        assertThat(error(new EngineException("CUDA out of memory. Tried to allocate 9 GiB.\nat x")))
                .contains("an hour", "(CUDA out of memory. Tried to allocate 9 GiB.)")
                .endsWith("leave the sample out, or cut it into parts")
                .doesNotContain("Xmx");
    }
}
