package io.github.djlctc.examples.speech.serve;

import com.google.gson.JsonObject;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A program that streams sound to the server. */
final class StreamClient {

    private static final int TIMEOUT_SECONDS = 60;

    private final List<JsonObject> events = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Close> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final WebSocket socket;

    /** How the server closed the connection. */
    record Close(int code, String reason) {}

    StreamClient(int port, String... headers) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket =
                builder.buildAsync(
                                URI.create("ws://localhost:" + port + "/v1/stream"), new Listener())
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Starts a stream, and waits until the server is ready. */
    static StreamClient started(int port, int rate) throws Exception {
        StreamClient client = new StreamClient(port);
        client.text("{\"action\": \"start\", \"rate\": " + rate + "}");
        client.ready.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return client;
    }

    void text(String message) throws Exception {
        socket.sendText(message, true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    void sound(int samples) throws Exception {
        bytes(new byte[2 * samples]);
    }

    void bytes(byte[] bytes) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Breaks the connection without a word. */
    void vanish() {
        socket.abort();
    }

    Close awaitClose() throws Exception {
        return closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    List<JsonObject> events(String name) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.get("event").getAsString().equals(name))
                    .toList();
        }
    }

    List<String> sentences() {
        return events("sentence").stream().map(one -> one.get("text").getAsString()).toList();
    }

    private final class Listener extends JsonListener {

        @Override
        void receive(JsonObject event) {
            events.add(event);
            if (event.get("event").getAsString().equals("ready")) {
                ready.complete(null);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            Close close = new Close(code, reason);
            closed.complete(close);
            ready.completeExceptionally(new AssertionError(close.toString()));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
