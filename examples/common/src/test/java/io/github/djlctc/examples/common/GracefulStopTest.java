package io.github.djlctc.examples.common;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class GracefulStopTest {

    @Test
    void isNotRequestedWhileTheProgramRuns() {
        GracefulStop stop = new GracefulStop();

        assertThat(stop.isRequested()).isFalse();
        stop.close();
        stop.close();
        assertThat(stop.isRequested()).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes there end without a signal")
    void letsTheWorkEndBeforeTheProgramDoes() throws Exception {
        Process process = start("work");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("working");
            // Process.destroy would also close the output.
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("asked to stop");
            assertThat(out.readLine()).isEqualTo("stopped");
            process.waitFor();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes there end without a signal")
    void theProgramDoesNotEndBeforeTheUserWasToldOfTheStop() throws Exception {
        Process process = start("tell");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("working");
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("stopped: go on later");
            process.waitFor();
        }
    }

    @Test
    void canBeClosedWhileTheProgramEnds() throws Exception {
        Process process = start("close-in-hook");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("closed");
            assertThat(process.waitFor()).isZero();
        }
    }

    private static Process start(String task) throws IOException {
        return ChildJvm.of(Program.class, List.of(), task).redirectErrorStream(true).start();
    }

    /** A program with work that must not be cut short. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            if (arguments[0].equals("work")) {
                work();
            } else if (arguments[0].equals("tell")) {
                tell();
            } else {
                GracefulStop stop = new GracefulStop();
                // No hook may be removed once the hooks run, whether this one has begun or not.
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(
                                        () -> {
                                            stop.close();
                                            System.out.println("closed");
                                        }));
            }
        }

        private static void tell() throws InterruptedException {
            try (GracefulStop stop = new GracefulStop()) {
                System.out.println("working");
                while (!stop.isRequested()) {
                    Thread.sleep(5);
                }
                throw stop.stopped("go on later");
            } catch (StoppedException e) {
                // As long as it takes to close a model.
                Thread.sleep(200);
                System.out.println("stopped: " + e.getMessage());
                e.told();
            }
        }

        private static void work() throws InterruptedException {
            try (GracefulStop stop = new GracefulStop()) {
                System.out.println("working");
                while (!stop.isRequested()) {
                    Thread.sleep(5);
                }
                System.out.println("asked to stop");
                Thread.sleep(50);
                System.out.println("stopped");
            }
        }
    }
}
