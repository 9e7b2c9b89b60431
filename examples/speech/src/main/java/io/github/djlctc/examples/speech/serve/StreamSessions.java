package io.github.djlctc.examples.speech.serve;

import io.javalin.websocket.WsConfig;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** All connections of clients that stream. */
final class StreamSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSessions.class);
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int CHECKS_PER_SECOND = 2;

    private final RequestGuard guard;
    private final LiveServices services;
    private final Slots connections;
    private final Map<Session, Open> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    work -> {
                        Thread thread = new Thread(work, "idle-streams");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final ScheduledFuture<?> checks;
    private volatile boolean stopping;

    private record Open(StreamSession stream, Slots.Slot connection) {}

    StreamSessions(RequestGuard guard, LiveServices services, int mostConnections) {
        this.guard = guard;
        this.services = services;
        connections = new Slots(mostConnections, "the server has %d connections already");
        checks =
                clock.scheduleWithFixedDelay(
                        this::endIdle,
                        0,
                        TimeUnit.SECONDS.toMillis(1) / CHECKS_PER_SECOND,
                        TimeUnit.MILLISECONDS);
    }

    private void endIdle() {
        for (StreamSession stream : streams()) {
            try {
                stream.endIfIdle();
            } catch (RuntimeException e) {
                // One connection that cannot be closed must not keep the others open for ever.
                LOG.error("An idle stream could not be ended", e);
            }
        }
    }

    void configure(WsConfig config) {
        config.onConnect(context -> connected(context.session));
        config.onMessage(
                context -> of(context.session).ifPresent(one -> one.text(context.message())));
        config.onBinaryMessage(
                context ->
                        of(context.session)
                                .ifPresent(
                                        one ->
                                                one.sound(
                                                        context.data(),
                                                        context.offset(),
                                                        context.length())));
        config.onClose(context -> closed(context.session));
        config.onError(context -> closed(context.session));
    }

    private void connected(Session session) {
        ClientLink link = new ClientLink(session);
        if (stopping) {
            link.close(TRY_AGAIN_LATER, "the server is being stopped");
            return;
        }
        try {
            Slots.Slot connection = connections.take();
            open.put(session, new Open(new StreamSession(guard, services, link), connection));
        } catch (Refusal refusal) {
            services.metrics().refused(refusal.status());
            link.close(refusal.closeCode(), refusal.getMessage());
        }
    }

    private Optional<StreamSession> of(Session session) {
        return Optional.ofNullable(open.get(session)).map(Open::stream);
    }

    private void closed(Session session) {
        Open gone = open.remove(session);
        if (gone != null) {
            gone.connection().close();
            gone.stream().release();
        }
    }

    private List<StreamSession> streams() {
        return open.values().stream().map(Open::stream).toList();
    }

    /** Ends all streams: what was said so far is answered. */
    @Override
    public void close() {
        stopping = true;
        checks.cancel(false);
        clock.shutdown();
        streams().forEach(StreamSession::goAway);
    }
}
