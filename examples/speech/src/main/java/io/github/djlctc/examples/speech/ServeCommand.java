package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.GracefulStop;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.speech.live.LiveModel;
import io.github.djlctc.examples.speech.live.LiveRecogniser;
import io.github.djlctc.examples.speech.serve.ServerLimits;
import io.github.djlctc.examples.speech.serve.SpeechServer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/** {@code speech serve}. */
@Command(
        name = "serve",
        description =
                "Serves a web page that writes down what is said, and the same to programs by HTTP"
                        + " and WebSocket. Ctrl-C ends it.",
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;
    private static final int MOST_STREAMS = 1000;
    private static final int MOST_SECONDS = 24 * 3600;
    private static final int MOST_MEBIBYTES = 100_000;
    private static final int MOST_IDLE_SECONDS = 3600;
    private static final int LEAST_TOKEN = 16;
    private static final int MOST_TOKEN_BYTES = 4096;
    private static final long CHECK_MILLIS = 100;
    private static final int WARM_UP_SECONDS = 5;
    private static final int PARTS_PER_SECOND = 20;

    @Spec private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "NAME",
            description =
                    "The name or address to listen on; 0.0.0.0 for all (default:"
                            + " ${DEFAULT-VALUE}, which only this machine reaches).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8090",
            paramLabel = "N",
            description = "The port; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin private LiveOptions live;

    @Option(
            names = "--streams",
            defaultValue = "16",
            paramLabel = "N",
            description =
                    "How many streams and files are recognised at once; more are refused (default:"
                            + " ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--max-seconds",
            defaultValue = "3600",
            paramLabel = "N",
            description =
                    "How long a stream or a file may be, in seconds (default: ${DEFAULT-VALUE}).")
    private int maxSeconds;

    @Option(
            names = "--max-megabytes",
            defaultValue = "200",
            paramLabel = "N",
            description = "How large a file may be, in MiB (default: ${DEFAULT-VALUE}).")
    private int maxMegabytes;

    @Option(
            names = "--idle-seconds",
            defaultValue = "30",
            paramLabel = "N",
            description =
                    "After how long a stream ends that sends nothing (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(
            names = "--allow-origin",
            paramLabel = "URL",
            description =
                    "Another site whose pages may use this server, or where a proxy shows it, such"
                            + " as https://speech.example.org; may be given again.")
    private List<URI> origins = List.of();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with a token of at least 16 characters, which every client must give.")
    private Path tokenFile;

    @Option(
            names = "--cores",
            paramLabel = "N",
            description =
                    "How many streams are worked on at the same instant (default: all cores).")
    private Integer cores;

    @Mixin private EngineOptions engine;

    @Override
    public Integer call() throws Exception {
        ServerLimits limits = limits();
        SpeechServer.Access access = access();
        live.check();
        engine.apply();
        try (GracefulStop stop = new GracefulStop()) {
            try (LiveOptions.Loaded loaded = live.load()) {
                warmUp(loaded.live());
                serve(loaded.live(), access, limits, stop);
            }
            stop.endWell();
        }
        return 0;
    }

    /** Lets the JVM compile what else the first clients would wait for. */
    private static void warmUp(LiveModel model) {
        Random random = new Random(0);
        float[] part = new float[model.sampleRate() / PARTS_PER_SECOND];
        try (LiveRecogniser recogniser = model.open(List.of())) {
            for (int i = 0; i < WARM_UP_SECONDS * PARTS_PER_SECOND; i++) {
                for (int j = 0; j < part.length; j++) {
                    part[j] = 2 * random.nextFloat() - 1;
                }
                recogniser.accept(part, 0, part.length);
            }
            recogniser.finish();
        }
    }

    private void serve(
            LiveModel model, SpeechServer.Access access, ServerLimits limits, GracefulStop stop)
            throws IOException, InterruptedException {
        try (SpeechServer server = SpeechServer.start(model, access, limits, usedCores())) {
            announce(server.port(), access);
            while (!stop.isRequested()) {
                Thread.sleep(CHECK_MILLIS);
            }
        }
    }

    private ServerLimits limits() {
        OptionRules rules = new OptionRules(spec);
        rules.requireWithin(0, MOST_PORT, "--port", port);
        rules.requireWithin(1, MOST_STREAMS, "--streams", streams);
        rules.requireWithin(1, MOST_SECONDS, "--max-seconds", maxSeconds);
        rules.requireWithin(1, MOST_MEBIBYTES, "--max-megabytes", maxMegabytes);
        rules.requireWithin(1, MOST_IDLE_SECONDS, "--idle-seconds", idleSeconds);
        if (cores != null) {
            rules.requireWithin(1, OptionRules.MOST_THREADS, "--cores", cores);
        }
        return new ServerLimits(streams, maxSeconds, (long) maxMegabytes << 20, idleSeconds);
    }

    private int usedCores() {
        return cores == null ? Runtime.getRuntime().availableProcessors() : cores;
    }

    private SpeechServer.Access access() throws IOException {
        for (URI origin : origins) {
            boolean site =
                    List.of("http", "https").contains(String.valueOf(origin.getScheme()))
                            && origin.getRawAuthority() != null
                            && List.of("", "/").contains(origin.getRawPath());
            if (!site) {
                throw new OptionRules(spec)
                        .wrong(
                                "--allow-origin must be like https://speech.example.org, but is "
                                        + origin);
            }
        }
        return new SpeechServer.Access(
                host, port, origins.stream().map(URI::toString).toList(), token());
    }

    private Optional<String> token() throws IOException {
        if (tokenFile == null) {
            return Optional.empty();
        }
        if (Files.size(tokenFile) > MOST_TOKEN_BYTES) {
            throw new IOException(
                    tokenFile + ": a token has at most " + MOST_TOKEN_BYTES + " bytes");
        }
        String token = Files.readString(tokenFile).strip();
        if (token.length() < LEAST_TOKEN || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IOException(
                    "%s: a token has at least %d letters, digits or signs, in one line"
                            .formatted(tokenFile, LEAST_TOKEN));
        }
        return Optional.of(token);
    }

    private void announce(int usedPort, SpeechServer.Access access) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("http://%s:%d/".formatted(shown(access.host()), usedPort));
        out.flush();
        if (!access.isLoopback() && access.token().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "warning: whoever reaches %s can use this server; --token-file asks for"
                                            .formatted(access.host())
                                    + " a token");
        }
    }

    private static String shown(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
