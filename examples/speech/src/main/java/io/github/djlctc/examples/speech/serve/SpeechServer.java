package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.speech.live.LiveModel;

import com.google.gson.JsonObject;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A web server that recognises speech with one model. {@code docs/guide/live.md} describes its
 * page, its WebSocket and its HTTP interface.
 */
public final class SpeechServer implements AutoCloseable {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                    + " 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int MOST_MESSAGE_BYTES = 1 << 18;
    private static final int MOST_TEXT_BYTES = 1 << 14;
    private static final int MORE_CONNECTIONS = 64;
    private static final int MORE_UPLOADS = 8;
    private static final int MORE_THREADS = 32;
    private static final int HTTP_IDLE_MILLIS = 30_000;
    private static final int LEAST_BYTES_PER_SECOND = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(SpeechServer.class);

    private final LiveServices services;
    private final RequestGuard guard;
    private final StreamSessions sessions;
    private final Path folder;
    private final Javalin javalin;

    /**
     * Where a server listens, and to whom.
     *
     * @param host the name or address to listen on
     * @param port the port; 0 for any that is free
     * @param origins other pages that may ask, such as {@code https://speech.example.org}
     * @param token what requests must give; empty if nothing
     */
    public record Access(String host, int port, List<String> origins, Optional<String> token) {

        /**
         * Copies the list.
         *
         * @param host the name or address to listen on
         * @param port the port
         * @param origins other pages that may ask
         * @param token what requests must give
         */
        public Access {
            origins = List.copyOf(origins);
        }

        /**
         * Tells whether only this machine reaches the server.
         *
         * @return false also if the name is not known
         */
        public boolean isLoopback() {
            return RequestGuard.isLoopback(host);
        }
    }

    /**
     * Starts a server.
     *
     * @param model recognises; stays open
     * @param access where it listens, and to whom
     * @param limits what it gives at most
     * @param cores how many streams it works on at the same instant, 1 or more
     * @return the server, to be closed
     * @throws IOException if the port is taken, or the address is not this machine's
     */
    public static SpeechServer start(LiveModel model, Access access, ServerLimits limits, int cores)
            throws IOException {
        SpeechServer server = new SpeechServer(model, access, limits, cores);
        try {
            server.javalin.start(access.host(), access.port());
            return server;
        } catch (JavalinBindException e) {
            server.close();
            throw new IOException(
                    "cannot listen on %s port %d: %s; choose another --port, or 0 for any"
                            .formatted(
                                    access.host(),
                                    access.port(),
                                    ErrorText.of(e.getCause() == null ? e : e.getCause())),
                    e);
        }
    }

    private SpeechServer(LiveModel model, Access access, ServerLimits limits, int cores)
            throws IOException {
        guard = new RequestGuard(access.host(), access.origins(), access.token());
        Slots slots =
                new Slots(
                        limits.streams(),
                        "the server is busy with %d streams already; try again later");
        ServerMetrics metrics = new ServerMetrics(slots::taken);
        services = new LiveServices(model, limits, slots, new FairShare(cores), metrics);
        sessions = new StreamSessions(guard, services, limits.streams() + MORE_CONNECTIONS);
        // Created so that only this user can read there.
        folder = Files.createTempDirectory("speech-serve");
        javalin = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        int streams = services.limits().streams();
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.jetty.threadPool = new QueuedThreadPool(2 * streams + MORE_UPLOADS + MORE_THREADS);
        config.jetty.modifyHttpConfiguration(
                http -> {
                    http.setSendServerVersion(false);
                    http.setIdleTimeout(HTTP_IDLE_MILLIS);
                    http.setMinRequestDataRate(LEAST_BYTES_PER_SECOND);
                });
        config.jetty.modifyWebSocketServletFactory(
                factory -> {
                    factory.setMaxBinaryMessageSize(MOST_MESSAGE_BYTES);
                    factory.setMaxTextMessageSize(MOST_TEXT_BYTES);
                    // Longer than our own, which says why.
                    factory.setIdleTimeout(
                            Duration.ofSeconds(2L * services.limits().idleSeconds() + 10));
                });
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new JsonErrors()));
        config.jetty.modifyServletContextHandler(
                handler -> handler.setErrorHandler(new JsonErrors()));
        // So that a path is written in one way only, by which it is guarded.
        config.router.ignoreTrailingSlashes = false;
        new PageFiles().addTo(config);
        Slots uploads =
                new Slots(
                        streams + MORE_UPLOADS, "%d files are being sent already; try again later");
        config.router.mount(
                router -> {
                    router.before(this::before);
                    router.get("/health", this::health);
                    router.get("/metrics", this::metrics);
                    router.post(
                            "/v1/transcriptions",
                            new TranscriptionHandler(services, uploads, folder));
                    router.post("/v1/transcriptions/convert", new ConversionHandler(uploads));
                    router.options("/v1/*", context -> context.status(HttpStatus.NO_CONTENT));
                    router.wsBeforeUpgrade(this::checkSender);
                    router.ws("/v1/stream", sessions::configure);
                    router.exception(Refusal.class, this::refuse);
                    router.exception(HttpResponseException.class, this::refuseUnknown);
                    router.exception(Exception.class, this::fail);
                });
    }

    private void before(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Permissions-Policy", "microphone=(self)");
        checkSender(context);
        boolean permitted = guard.isPermitted(context.header("Origin"));
        if (permitted) {
            permit(context);
        }
        if (!isOpen(context.path()) && !(permitted && isPreflight(context))) {
            guard.checkAuthorization(context.header("Authorization"));
        }
    }

    /** What is not named here is closed without a token, known or not. */
    private static boolean isOpen(String path) {
        return path.equals("/health") || PageFiles.isFile(path);
    }

    /** Browsers ask so, without a token, whether a page from elsewhere may send it. */
    private static boolean isPreflight(Context context) {
        return context.method() == HandlerType.OPTIONS;
    }

    /** Lets a page of a permitted origin read the answer (CORS). */
    private static void permit(Context context) {
        context.header("Access-Control-Allow-Origin", context.header("Origin"));
        context.header("Access-Control-Allow-Methods", "GET, POST");
        context.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
        context.header("Access-Control-Expose-Headers", "Retry-After");
        context.header("Vary", "Origin");
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private void checkSender(Context context) {
        guard.checkSender(context.header("Host"), context.header("Origin"));
    }

    private void health(Context context) {
        JsonObject health = new JsonObject();
        health.addProperty("status", "ok");
        health.addProperty("token", guard.asksForToken());
        health.addProperty("streams", services.slots().taken());
        health.addProperty("maxStreams", services.limits().streams());
        health.addProperty("maxSeconds", services.limits().soundSeconds());
        health.addProperty("maxBytes", services.limits().bodyBytes());
        context.contentType("application/json").result(health.toString());
    }

    private void metrics(Context context) {
        context.contentType(ServerMetrics.CONTENT_TYPE).result(services.metrics().text());
    }

    private void refuse(Refusal refusal, Context context) {
        services.metrics().refused(refusal.status());
        if (refusal.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        if (refusal.status() == 429) {
            context.header("Retry-After", "5");
        }
        error(context, refusal.status(), refusal.getMessage());
    }

    private void refuseUnknown(HttpResponseException exception, Context context) {
        services.metrics().refused(exception.getStatus());
        error(context, exception.getStatus(), exception.getMessage());
    }

    private void fail(Exception exception, Context context) {
        services.metrics().refused(500);
        LOG.error("A request failed", exception);
        error(context, 500, "the server failed: " + exception.getClass().getSimpleName());
    }

    private static void error(Context context, int status, String reason) {
        JsonObject error = new JsonObject();
        error.addProperty("error", reason);
        context.status(status).contentType("application/json").result(error.toString());
    }

    /**
     * Returns the port.
     *
     * @return the one that was asked for, or that was free
     */
    public int port() {
        return javalin.port();
    }

    /** Returns where sounds are kept while they are transcribed. */
    Path folder() {
        return folder;
    }

    /** Answers what is being recognised, and stops. */
    @Override
    public void close() {
        sessions.close();
        javalin.stop();
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // It is in the system's folder for what may be deleted at any time.
        }
    }
}
