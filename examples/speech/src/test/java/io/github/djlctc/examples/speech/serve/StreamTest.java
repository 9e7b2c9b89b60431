package io.github.djlctc.examples.speech.serve;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Live streams over the WebSocket, and what clients may do to them. */
class StreamTest {

    private static final int RATE = ScriptedModel.RATE;
    private static final String TOKEN = "a-token-of-this-test";

    private final ScriptedModel model = new ScriptedModel(0.5, "ONE TWO", "THREE FOUR FIVE");
    private SpeechServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        assertThat(model.openStreams()).isZero();
    }

    private void start(ServerLimits limits, Optional<String> token) throws IOException {
        server = model.serve(limits, token);
    }

    private void start() throws IOException {
        start(ServerLimits.DEFAULT, Optional.empty());
    }

    private StreamClient open() throws Exception {
        return StreamClient.started(server.port(), RATE);
    }

    private static void awaitTrue(BooleanSupplier condition) throws Exception {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void tellsTheTextThatGrowsAndTheSentences() throws Exception {
        start();
        StreamClient client = open();

        for (int i = 0; i < 36; i++) {
            client.sound(RATE / 10);
        }
        client.text("{\"action\": \"stop\"}");

        assertThat(client.awaitClose()).isEqualTo(new StreamClient.Close(1000, "done"));
        assertThat(client.sentences()).containsExactly("ONE TWO", "THREE FOUR FIVE");
        JsonObject second = client.events("progress").get(1);
        assertThat(second.get("stable").getAsString()).isEqualTo("ONE");
        assertThat(second.get("guess").getAsString()).isEqualTo("TWO");
        JsonObject word =
                client.events("sentence").get(0).getAsJsonArray("words").get(1).getAsJsonObject();
        assertThat(word.keySet()).containsExactly("word", "start", "end", "confidence");
        assertThat(word.get("start").getAsDouble()).isEqualTo(0.5);
        assertThat(client.events("end").get(0).get("seconds").getAsDouble()).isEqualTo(3.6);
    }

    @Test
    void bringsSoundToTheRateOfTheModel() throws Exception {
        start();
        StreamClient client = StreamClient.started(server.port(), 48_000);

        for (int i = 0; i < 26; i++) {
            client.sound(4800);
        }
        client.text("{\"action\": \"stop\"}");

        assertThat(client.awaitClose().code()).isEqualTo(1000);
        assertThat(client.sentences()).containsExactly("ONE TWO", "THREE FOUR");
        assertThat(client.events("end").get(0).get("seconds").getAsDouble()).isEqualTo(2.6);
    }

    @Test
    void holdsBackWhoSendsFasterThanRealTime() throws Exception {
        start();
        StreamClient client = open();

        for (int i = 0; i < 600; i++) {
            client.sound(RATE);
        }
        client.text("{\"action\": \"stop\"}");

        assertThat(client.awaitClose().code()).isEqualTo(1000);
        // Seven words and pauses of half a second are two sentences.
        assertThat(client.sentences()).hasSize(2 * 600 * 2 / 7 + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\": \"start\"}                                    | \"rate\" must be",
                "{\"action\": \"start\", \"rate\": 8001}                    | \"rate\" is 8001",
                "{\"action\": \"start\", \"rate\": 1e300}                   | \"rate\" is 1e300",
                "{\"action\": \"start\", \"rate\": \"8000\"}                | \"rate\" must be",
                "{\"action\": \"sing\"}                                     | \"action\" must be",
                "{\"rate\": 8000}                                           | \"action\" must be",
                "[]                                                         | a message must be",
                "{\"action\":                                               | a message must be",
                "{\"action\": \"start\", \"rate\": 8000, \"hotwords\": 3}   | \"hotwords\" must",
                "{\"action\": \"start\", \"rate\": 8000, \"hotwords\": [3]} | \"hotwords\" must",
                "{\"action\": \"start\", \"rate\": 8000, \"hotwords\": [\"ÄRGER\"]} | the hotword",
            })
    void saysWhatIsWrongWithAMessage(String message, String reason) throws Exception {
        start();
        StreamClient client = new StreamClient(server.port());

        client.text(message);

        assertThat(client.awaitClose().code()).isEqualTo(4400);
        assertThat(client.awaitClose().reason()).startsWith(reason);
        assertThat(client.events("error").get(0).get("reason").getAsString()).startsWith(reason);
    }

    @Test
    void refusesManyAndLongHotwords() throws Exception {
        start();
        StringBuilder many = new StringBuilder("\"W\"");
        for (int i = 0; i < HotwordRules.MOST; i++) {
            many.append(", \"W").append(i).append('"');
        }
        String longOne = "\"" + "X".repeat(HotwordRules.LONGEST + 1) + "\"";
        for (String list : List.of(many.toString(), longOne)) {
            StreamClient client = new StreamClient(server.port());

            client.text("{\"action\": \"start\", \"rate\": 8000, \"hotwords\": [" + list + "]}");

            assertThat(client.awaitClose().code()).isEqualTo(4400);
            assertThat(client.awaitClose().reason()).contains("at most");
        }
    }

    @Test
    void cutsReasonsThatAreTooLongForACloseFrameBetweenCharacters() throws Exception {
        start();
        StreamClient client = new StreamClient(server.port());
        String hotword = ScriptedModel.UNKNOWN + "語".repeat(50);

        client.text("{\"action\": \"start\", \"rate\": 8000, \"hotwords\": [\"" + hotword + "\"]}");

        assertThat(client.awaitClose().reason()).matches("the hotword \"ÄRGER語{34}");
        assertThat(client.events("error").get(0).get("reason").getAsString())
                .contains(hotword, "cannot be recognised");
    }

    @Test
    void refusesSoundBeforeTheStartAndHalfSamples() throws Exception {
        start();
        StreamClient early = new StreamClient(server.port());
        early.sound(100);
        assertThat(early.awaitClose().code()).isEqualTo(4400);

        StreamClient odd = open();
        odd.bytes(new byte[3]);
        assertThat(odd.awaitClose().code()).isEqualTo(4400);
    }

    @Test
    void refusesMessagesThatAreTooLarge() throws Exception {
        start();
        StreamClient client = open();

        try {
            client.bytes(new byte[1 << 20]);
        } catch (ExecutionException e) {
            // The length tells the server enough: it may close before the rest was sent.
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }

        assertThat(client.awaitClose().code()).isEqualTo(1009);
        awaitTrue(() -> model.openStreams() == 0);
    }

    @Test
    void asksForTheToken() throws Exception {
        start(ServerLimits.DEFAULT, Optional.of(TOKEN));
        for (String given : List.of("", ", \"token\": \"wrong\"", ", \"token\": {}")) {
            StreamClient client = new StreamClient(server.port());
            client.text("{\"action\": \"start\", \"rate\": 8000" + given + "}");
            assertThat(client.awaitClose().code()).isEqualTo(4401);
        }
        StreamClient client = new StreamClient(server.port());
        client.text("{\"action\": \"start\", \"rate\": 8000, \"token\": \"" + TOKEN + "\"}");
        client.text("{\"action\": \"stop\"}");
        assertThat(client.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void refusesPagesFromElsewhere() throws Exception {
        start();
        int port = server.port();

        assertThatThrownBy(() -> new StreamClient(port, "Origin", "https://evil.example"))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        for (String origin : List.of("https://ok.example", "http://localhost:" + port)) {
            StreamClient client = new StreamClient(port, "Origin", origin);
            client.text("{\"action\": \"stop\"}");
            assertThat(client.awaitClose().code()).isEqualTo(1000);
        }
    }

    @Test
    void refusesOneMoreThanItServes() throws Exception {
        start(new ServerLimits(2, 60, 1000, 30), Optional.empty());
        StreamClient first = open();
        StreamClient second = open();
        StreamClient third = new StreamClient(server.port());

        third.text("{\"action\": \"start\", \"rate\": 8000}");

        assertThat(third.awaitClose().code()).isEqualTo(4429);
        assertThat(third.awaitClose().reason()).contains("busy with 2 streams");
        first.text("{\"action\": \"stop\"}");
        assertThat(first.awaitClose().code()).isEqualTo(1000);
        open().text("{\"action\": \"stop\"}");
        second.text("{\"action\": \"stop\"}");
        assertThat(second.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void endsStreamsThatSendNothing() throws Exception {
        start(new ServerLimits(2, 60, 1000, 1), Optional.empty());
        StreamClient silent = open();
        StreamClient neverStarted = new StreamClient(server.port());
        silent.sound(RATE);

        assertThat(silent.awaitClose())
                .isEqualTo(new StreamClient.Close(4408, "nothing came for 1 s"));
        assertThat(silent.sentences()).containsExactly("ONE TWO");
        assertThat(neverStarted.awaitClose().code()).isEqualTo(4408);
    }

    @Test
    void endsStreamsThatAreTooLongAndTellsWhatWasSaid() throws Exception {
        start(new ServerLimits(2, 2, 1000, 30), Optional.empty());
        StreamClient client = open();

        for (int i = 0; i < 5; i++) {
            client.sound(RATE / 2);
        }

        assertThat(client.awaitClose())
                .isEqualTo(new StreamClient.Close(4413, "a stream may last 2 s"));
        assertThat(client.sentences()).containsExactly("ONE TWO", "THREE FOUR");
    }

    @Test
    void goesOnForTheOthersWhenAClientVanishes() throws Exception {
        start();
        StreamClient stays = open();
        StreamClient vanishes = open();
        stays.sound(RATE);
        vanishes.sound(RATE);

        vanishes.vanish();

        awaitTrue(() -> model.openStreams() == 1);
        stays.text("{\"action\": \"stop\"}");
        assertThat(stays.awaitClose().code()).isEqualTo(1000);
        assertThat(stays.sentences()).containsExactly("ONE TWO");
    }

    @Test
    void cutsOffWhoDoesNotRead() throws Exception {
        ScriptedModel talkative = new ScriptedModel(0.01, "X".repeat(20_000));
        server = talkative.serve(ServerLimits.DEFAULT, Optional.empty());

        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = deaf.getOutputStream();
            String upgrade =
                    """
                    GET /v1/stream HTTP/1.1
                    Host: localhost
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

                    """;
            out.write(upgrade.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(
                    frame(
                            1,
                            "{\"action\": \"start\", \"rate\": 8000}"
                                    .getBytes(StandardCharsets.US_ASCII)));
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 1000; i++) {
                                    out.write(frame(2, new byte[2 * RATE]));
                                    out.flush();
                                }
                            })
                    .isInstanceOf(IOException.class);
            awaitTrue(() -> talkative.openStreams() == 0);
        }
    }

    /** Makes a masked frame of a WebSocket (RFC 6455, section 5.2), with the mask 0. */
    private static byte[] frame(int opcode, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 14);
        frame.put((byte) (0x80 | opcode));
        frame.put((byte) (0x80 | 127));
        frame.putLong(content.length);
        frame.putInt(0);
        frame.put(content);
        return frame.array();
    }

    @Test
    void endsAllStreamsWhenItStops() throws Exception {
        start();
        StreamClient client = open();
        client.sound(RATE);
        awaitTrue(() -> client.events("progress").size() == 2);

        server.close();

        assertThat(client.awaitClose())
                .isEqualTo(new StreamClient.Close(1001, "the server was stopped"));
        assertThat(client.sentences()).containsExactly("ONE TWO");
    }
}
