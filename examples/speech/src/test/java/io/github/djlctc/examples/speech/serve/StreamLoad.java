package io.github.djlctc.examples.speech.serve;

import com.google.gson.JsonObject;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Clients that all speak a file in real time, over and over, to a running server. Not a test: run
 * it with the address of the server, raw 16-bit sound at 16 kHz, clients and seconds. Prints
 * percentiles of how long after the sound, that it is about, each event came.
 */
final class StreamLoad {

    private static final int RATE = 16_000;
    private static final int PART_MILLIS = 50;

    private final List<Double> progressLags = Collections.synchronizedList(new ArrayList<>());
    private final List<Double> sentenceLags = Collections.synchronizedList(new ArrayList<>());

    private StreamLoad() {}

    public static void main(String[] arguments) throws Exception {
        URI uri = URI.create(arguments[0].replace("http:", "ws:") + "v1/stream");
        byte[] sound = Files.readAllBytes(Path.of(arguments[1]));
        int clients = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        StreamLoad load = new StreamLoad();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int offset = i * sound.length / clients / 2 * 2;
            Thread thread = new Thread(() -> load.speak(uri, sound, offset, seconds));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        print("progress, after the sound it has heard", load.progressLags);
        print("sentence, after the end of its last word", load.sentenceLags);
    }

    private static void print(String name, List<Double> lags) {
        List<Double> sorted = new ArrayList<>(lags);
        Collections.sort(sorted);
        StringBuilder line = new StringBuilder(name + ": " + sorted.size() + " events;");
        for (int percent : new int[] {50, 90, 99, 100}) {
            if (!sorted.isEmpty()) {
                int at = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
                line.append(
                        String.format(
                                Locale.ROOT, " %d %%: %.0f ms", percent, 1000 * sorted.get(at)));
            }
        }
        System.out.println(line);
    }

    private void speak(URI uri, byte[] sound, int offset, int seconds) {
        try {
            Listener listener = new Listener();
            WebSocket socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(uri, listener)
                            .get();
            socket.sendText("{\"action\": \"start\", \"rate\": " + RATE + "}", true).get();
            listener.ready.await();
            listener.start = System.nanoTime();
            int bytes = 2 * RATE * PART_MILLIS / 1000;
            for (int part = 0; part < seconds * 1000 / PART_MILLIS; part++) {
                byte[] content = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    content[i] = sound[(int) ((offset + (long) part * bytes + i) % sound.length)];
                }
                long due =
                        listener.start + TimeUnit.MILLISECONDS.toNanos((part + 1L) * PART_MILLIS);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                socket.sendBinary(ByteBuffer.wrap(content), true).get();
            }
            socket.sendText("{\"action\": \"stop\"}", true).get();
            if (!listener.closed.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the server did not close the stream");
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Listener extends JsonListener {

        private final CountDownLatch ready = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile long start;

        @Override
        void receive(JsonObject event) {
            double now = (System.nanoTime() - start) * 1e-9;
            switch (event.get("event").getAsString()) {
                case "ready" -> ready.countDown();
                case "progress" -> progressLags.add(now - event.get("seconds").getAsDouble());
                case "sentence" -> sentenceLags.add(now - event.get("end").getAsDouble());
                default -> {}
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            System.out.println("closed with " + code + " " + reason);
            closed.countDown();
            return null;
        }
    }
}
