package io.github.djlctc.examples.common.command;

import ai.djl.engine.Engine;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A program that starts DJL's engine asks for no connection, in a JVM of its own. */
class UsageTrackingTest {

    @Command(name = "engine")
    static final class EngineCommand implements Runnable {

        @Override
        public void run() {
            Engine.getInstance();
        }
    }

    /** Names what a connection is asked for to, and denies it. */
    static final class Denying extends URLStreamHandler {

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            System.out.println("asked for " + url);
            throw new IOException("no network here");
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            return openConnection(url);
        }
    }

    public static void main(String[] arguments) {
        URL.setURLStreamHandlerFactory(
                protocol -> protocol.startsWith("http") ? new Denying() : null);
        System.exit(ProgramCommandLine.of(new EngineCommand()).execute());
    }

    private static String run(List<String> options, String... environment) throws Exception {
        ProcessBuilder builder =
                ChildJvm.of(UsageTrackingTest.class, options)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove(UsageTracking.OPT_OUT);
        for (String value : environment) {
            builder.environment().put(UsageTracking.OPT_OUT, value);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void programsAreQuiet() throws Exception {
        assertThat(run(List.of())).isEmpty();
    }

    /** And the test above would notice. */
    @ParameterizedTest
    @ValueSource(strings = {"variable", "property"})
    void theUserMayOptIn(String way) throws Exception {
        String output =
                way.equals("variable")
                        ? run(List.of(), "false")
                        : run(List.of("-D" + UsageTracking.OPT_OUT + "=false"));
        assertThat(output).contains("asked for http://169.254.169.254/");
    }
}
