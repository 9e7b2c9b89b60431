package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * The connection of one client, from its first message to its last.
 *
 * <p>Jetty delivers the messages of a connection one after another, and reads no more of it while
 * one is worked on. So nothing queues up here: a client that sends too fast finds its own socket
 * full.
 */
final class StreamSession {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSession.class);
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int SERVER_ERROR = 1011;

    private final RequestGuard guard;
    private final LiveServices services;
    private final ClientLink link;
    private Optional<LiveStream> stream = Optional.empty();
    private boolean ended;
    private volatile boolean working;
    private volatile long lastMessage = System.nanoTime();

    StreamSession(RequestGuard guard, LiveServices services, ClientLink link) {
        this.guard = guard;
        this.services = services;
        this.link = link;
    }

    void text(String message) {
        answer(
                () -> {
                    JsonObject object = StartMessage.parse(message);
                    String action = string(object, "action").orElse("");
                    switch (action) {
                        case "start" -> start(object);
                        case "stop" -> stop(NORMAL, "done");
                        default ->
                                throw Refusal.badRequest(
                                        "\"action\" must be \"start\" or \"stop\"");
                    }
                });
    }

    private static Optional<String> string(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    private void start(JsonObject message) {
        guard.checkToken(string(message, "token").orElse(null));
        if (stream.isPresent()) {
            throw Refusal.badRequest("the stream has been started already");
        }
        LiveStream opened = new LiveStream(services, StartMessage.of(message), link);
        stream = Optional.of(opened);
        opened.announce();
    }

    void sound(byte[] bytes, int offset, int length) {
        answer(
                () ->
                        stream.orElseThrow(
                                        () ->
                                                Refusal.badRequest(
                                                        "the first message must be {\"action\":"
                                                                + " \"start\", ...}"))
                                .accept(bytes, offset, length));
    }

    /** Works on a message; what goes wrong ends this stream and no other. */
    private synchronized void answer(Runnable work) {
        if (ended) {
            return;
        }
        working = true;
        try {
            work.run();
        } catch (Refusal refusal) {
            services.metrics().refused(refusal.status());
            fail(refusal.closeCode(), refusal.getMessage());
        } catch (RuntimeException e) {
            services.metrics().refused(500);
            LOG.error("A stream failed", e);
            fail(SERVER_ERROR, "the server failed: " + e.getClass().getSimpleName());
        } finally {
            working = false;
            lastMessage = System.nanoTime();
        }
    }

    private void fail(int code, String reason) {
        JsonObject error = JsonOutput.event("error");
        error.addProperty("code", code);
        error.addProperty("reason", reason);
        link.send(error);
        end(code, reason);
    }

    private void stop(int code, String reason) {
        stream.ifPresent(LiveStream::finish);
        end(code, reason);
    }

    /** Gives the slot back first, since the client may open another stream once it is told. */
    private void end(int code, String reason) {
        release();
        link.close(code, reason);
    }

    /** Ends the stream because the server ends. */
    void goAway() {
        answer(() -> stop(GOING_AWAY, "the server was stopped"));
    }

    /** Ends the stream if nothing has come for a while. */
    void endIfIdle() {
        double seconds = (System.nanoTime() - lastMessage) * 1e-9;
        if (!working && seconds > services.limits().idleSeconds()) {
            answer(
                    () -> {
                        stream.ifPresent(LiveStream::finish);
                        throw new Refusal(
                                408,
                                "nothing came for %d s".formatted(services.limits().idleSeconds()));
                    });
        }
    }

    /** Gives up what the stream holds; its client is gone. */
    synchronized void release() {
        ended = true;
        stream.ifPresent(LiveStream::close);
        stream = Optional.empty();
    }
}
