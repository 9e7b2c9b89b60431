package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The HTTP interface, and what clients may do to it. */
class SpeechServerTest {

    private static final String TOKEN = "a-token-of-this-test";
    private static final String FILES = "/v1/transcriptions";

    @TempDir Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedModel model = new ScriptedModel(0.5, "ONE TWO");
    private byte[] wav;
    private SpeechServer server;

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("a.wav");
        WaveFile.write(new Waveform(new float[9600], 8000), file);
        wav = Files.readAllBytes(file);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(model.openStreams()).isZero();
    }

    private void start(ServerLimits limits, Optional<String> token) throws IOException {
        server = model.serve(limits, token);
    }

    private void start() throws IOException {
        start(ServerLimits.DEFAULT, Optional.empty());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder builder = request(path);
        return client.send(
                (headers.length == 0 ? builder : builder.headers(headers)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder builder = request(path).POST(body);
        return client.send(
                (headers.length == 0 ? builder : builder.headers(headers)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        return post(FILES, BodyPublishers.ofByteArray(body), "Content-Type", "audio/wav");
    }

    private static JsonObject json(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static void assertRefused(HttpResponse<String> response, int status, String reason) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("error").getAsString()).contains(reason);
    }

    @Test
    void saysHowItIs() throws Exception {
        start();
        JsonObject health = json(get("/health"));

        assertThat(health.get("status").getAsString()).isEqualTo("ok");
        assertThat(health.get("token").getAsBoolean()).isFalse();
        assertThat(health.get("maxStreams").getAsInt()).isEqualTo(16);
    }

    @Test
    void servesThePageWithAStrictPolicy() throws Exception {
        start();
        for (String path : List.of("/", "/page.css", "/page.js", "/capture.js", "/icon.svg")) {
            HttpResponse<String> response = get(path);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
        assertThat(get("/").body()).doesNotContain("http://", "https://", "style=", "onclick");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2f..%2fetc/passwd",
                "/page.html/../../../etc/passwd",
                "/page.html%00.js",
                "//etc/passwd",
                "/v1/transcriptions/../../etc/passwd",
                "/PageFiles.class",
                "/../serve/PageFiles.class",
            })
    void readsNoFileThatARequestNames(String path) throws Exception {
        start();
        String answer =
                raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("root:", "CAFEBABE");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void transcribesAFile() throws Exception {
        start();
        JsonObject answer = json(post(wav));

        assertThat(answer.get("text").getAsString()).isEqualTo("ONE TWO");
        assertThat(answer.get("seconds").getAsDouble()).isEqualTo(1.2);
        JsonObject segment = answer.getAsJsonArray("segments").get(0).getAsJsonObject();
        JsonObject word = segment.getAsJsonArray("words").get(1).getAsJsonObject();
        assertThat(word.get("word").getAsString()).isEqualTo("TWO");
        assertThat(word.keySet()).contains("start", "end", "confidence");
    }

    @Test
    void answersInTheFormatThatIsAskedFor() throws Exception {
        start();
        String type = "Content-Type";
        BodyPublisher body = BodyPublishers.ofByteArray(wav);

        assertThat(post(FILES + "?format=text", body, type, "audio/wav").body())
                .isEqualTo("ONE TWO\n");
        assertThat(post(FILES + "?format=srt", body, type, "audio/wav").body())
                .startsWith("1\n00:00:00,000 --> 00:00:01,000\nONE TWO\n");
        assertThat(post(FILES + "?format=vtt", body, type, "audio/wav").body())
                .startsWith("WEBVTT");
        assertRefused(
                post(FILES + "?format=../x", body, type, "audio/wav"),
                400,
                "\"format\" must be one of json, text, srt, vtt");
    }

    @Test
    void takesAFormWithHotwords() throws Exception {
        start();

        JsonObject answer = json(postForm("../../evil.wav", "KITCHEN\n\nGARDEN"));

        assertThat(answer.get("text").getAsString()).contains("KITCHEN", "GARDEN");
        assertRefused(postForm("a", ScriptedModel.UNKNOWN), 400, "cannot be recognised");
        assertRefused(postForm("a", "X".repeat(61)), 400, "at most 60");
        assertRefused(postForm("a", "X\n".repeat(20_000)), 400, "longer than");
        assertRefused(
                post(
                        FILES,
                        BodyPublishers.ofString("--b--\r\n"),
                        "Content-Type",
                        "multipart/form-data; boundary=b"),
                400,
                "no field \"file\"");
    }

    private HttpResponse<String> postForm(String name, String hotwords) throws Exception {
        String head =
                "--b\r\nContent-Disposition: form-data; name=\"hotwords\"\r\n\r\n"
                        + hotwords
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name
                        + "\"\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(start, start.length + wav.length + 9);
        System.arraycopy(wav, 0, body, start.length, wav.length);
        byte[] end = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(end, 0, body, body.length - 9, 9);
        return post(
                FILES,
                BodyPublishers.ofByteArray(body),
                "Content-Type",
                "multipart/form-data; boundary=b");
    }

    @Test
    void saysWhatIsWrongWithASound() throws Exception {
        start();
        byte[] garbage = new byte[5000];
        new Random(1).nextBytes(garbage);

        assertRefused(post(garbage), 400, "not a supported audio file");
        assertRefused(post(new byte[0]), 400, "audio file empty");
        assertRefused(post(Arrays.copyOf(wav, wav.length / 2)), 400, "audio file truncated");
        assertThat(post(garbage).body()).doesNotContain("speech-serve", "/tmp");
    }

    @Test
    void refusesOtherTypes() throws Exception {
        start();
        for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
            assertRefused(
                    post(FILES, BodyPublishers.ofByteArray(wav), "Content-Type", type),
                    415,
                    "send audio/*");
        }
        assertThat(post(FILES, BodyPublishers.ofByteArray(wav)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsTooLargeOrTooLong() throws Exception {
        start(new ServerLimits(2, 1, 100_000, 30), Optional.empty());
        byte[] large = new byte[200_000];

        assertRefused(post(large), 413, "100000 bytes");
        assertRefused(
                post(FILES, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                413,
                "100000 bytes");
        // Its 1.2 s are more than one.
        assertRefused(post(wav), 413, "a file may last 1 s");
        assertRefused(postLargeForm(), 413, "100000 bytes");
    }

    private HttpResponse<String> postLargeForm() throws Exception {
        wav = new byte[150_000];
        return postForm("a", "");
    }

    @Test
    void refusesOneMoreThanItServes() throws Exception {
        start(new ServerLimits(1, 60, 100_000, 30), Optional.empty());
        StreamClient stream = StreamClient.started(server.port(), 8000);

        HttpResponse<String> response = post(wav);

        assertRefused(response, 429, "busy with 1 streams");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        stream.text("{\"action\": \"stop\"}");
        assertThat(stream.awaitClose().code()).isEqualTo(1000);
        assertThat(post(wav).statusCode()).isEqualTo(200);
    }

    @Test
    void asksForTheToken() throws Exception {
        start(ServerLimits.DEFAULT, Optional.of(TOKEN));
        String header = "Authorization";
        for (String wrong : List.of("Bearer wrong", "Bearer ", TOKEN, "Basic " + TOKEN)) {
            assertRefused(
                    post(FILES, BodyPublishers.ofByteArray(wav), header, wrong), 401, "token");
            assertRefused(get("/metrics", header, wrong), 401, "token");
        }
        assertRefused(post(wav), 401, "token");
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(get("/metrics", header, "Bearer " + TOKEN).statusCode()).isEqualTo(200);
        assertThat(
                        post(FILES, BodyPublishers.ofByteArray(wav), header, "Bearer " + TOKEN)
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesPagesFromElsewhereAndOtherNames() throws Exception {
        start();
        String end = "\r\nConnection: close\r\n\r\n";

        assertRefused(get("/health", "Origin", "https://evil.example"), 403, "evil.example");
        assertRefused(get("/health", "Origin", "null"), 403, "null");
        assertThat(get("/health", "Origin", "https://ok.example").statusCode()).isEqualTo(200);
        assertThat(raw("GET /health HTTP/1.1\r\nHost: rebound.example" + end))
                .startsWith("HTTP/1.1 403")
                .contains("not called \\\"rebound.example");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: ok.example" + end))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: [::1]:80" + end)).startsWith("HTTP/1.1 200");
    }

    @Test
    void convertsTranscriptions() throws Exception {
        start();
        BodyPublisher reply = BodyPublishers.ofString(post(wav).body());
        String path = FILES + "/convert?format=srt";

        assertThat(post(path, reply, "Content-Type", "application/json").body())
                .startsWith("1\n00:00:00,000 --> ");
        for (String wrong :
                List.of("", "null", "[]", "{", "{\"segments\": 3}", "[".repeat(100_000))) {
            assertRefused(
                    post(path, BodyPublishers.ofString(wrong), "Content-Type", "application/json"),
                    400,
                    "no transcription");
        }
        assertRefused(post(path, reply, "Content-Type", "text/plain"), 415, "application/json");
    }

    @Test
    void countsWhatItDoes() throws Exception {
        start();
        assertThat(post(wav).statusCode()).isEqualTo(200);
        assertThat(post(new byte[0]).statusCode()).isEqualTo(400);

        HttpResponse<String> metrics = get("/metrics");

        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body())
                .contains("speech_files_total 1\n")
                .contains("speech_refused_total{status=\"400\"} 1\n")
                .contains("speech_sound_seconds_total 1.2\n")
                .contains("# TYPE speech_stream_delay_seconds histogram\n");
        assertThat(metrics.body().lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]+\"})? [0-9.E+-]+"));
    }

    @Test
    void keepsNoFile() throws Exception {
        start();
        post(wav);
        post(new byte[100]);
        postForm("a", "X".repeat(61));

        try (var files = Files.list(server.folder())) {
            assertThat(files).isEmpty();
        }
        server.close();
        assertThat(server.folder()).doesNotExist();
    }

    @Test
    void answersUnknownPathsInJson() throws Exception {
        start();
        assertRefused(get("/nothing"), 404, "GET /nothing not found");
        assertThat(get(FILES).statusCode()).isIn(404, 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/metrics/",
                "//metrics",
                "/%6detrics",
                "/metrics;a=b",
                "/v1/transcriptions/",
                "/health/",
                "/page.js/",
                "/nothing",
            })
    void opensNoOtherSpellingOfAPathWithoutTheToken(String path) throws Exception {
        start(ServerLimits.DEFAULT, Optional.of(TOKEN));
        assertRefused(get(path), 401, "token");
    }

    @Test
    void takesTheWordBearerInAnyCase() throws Exception {
        start(ServerLimits.DEFAULT, Optional.of(TOKEN));
        assertThat(get("/metrics", "Authorization", "bearer " + TOKEN).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n",
                "GET /health HTTP/1.1\r\n",
                "GET * HTTP/1.1\r\nHost: localhost\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
            })
    void answersMalformedRequestsInJson(String head) throws Exception {
        start();
        String answer = raw(head + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/json", "{\"error\":\"");
    }

    @Test
    void blamesTheSenderForADamagedForm() throws Exception {
        start();
        String type = "multipart/form-data; boundary=B";
        String part = "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc";
        for (String form :
                List.of("", "abc", part, part.replace("; name=\"file\"", "") + "\r\n--B--\r\n")) {
            assertRefused(
                    post(FILES, BodyPublishers.ofString(form), "Content-Type", type),
                    400,
                    "the form cannot be read");
        }
        assertRefused(
                post(FILES, BodyPublishers.ofString(part), "Content-Type", "multipart/form-data"),
                400,
                "boundary");
        String many = (part + "\r\n").repeat(1001) + "--B--\r\n";
        assertRefused(
                post(FILES, BodyPublishers.ofString(many), "Content-Type", type),
                413,
                "1000 parts");
    }

    @ParameterizedTest
    @CsvSource({"/v1/transcriptions,audio/wav", "/v1/transcriptions/convert,application/json"})
    void blamesTheSenderForWhatBreaksOff(String path, String type) throws Exception {
        start();
        String answer =
                raw(
                        String.join(
                                "\r\n",
                                "POST " + path + " HTTP/1.1",
                                "Host: localhost",
                                "Content-Type: " + type,
                                "Transfer-Encoding: chunked",
                                "",
                                "zz",
                                ""));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("did not come whole");
    }

    @Test
    void servesOthersWhileManyTranscriptionsToConvertAreSentSlowly() throws Exception {
        start(new ServerLimits(1, 10, 1000, 5), Optional.empty());
        String head =
                String.join(
                        "\r\n",
                        "POST /v1/transcriptions/convert?format=srt HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Content-Length: 1000",
                        "",
                        "{");
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                slow.add(socket);
            }
            assertThat(get("/health").statusCode()).isEqualTo(200);
            assertThat(
                            new String(
                                    slow.get(59).getInputStream().readNBytes(12),
                                    StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 429");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "1e999", "1e300"})
    void convertsNoImpossibleTime(String time) throws Exception {
        start();
        String json = "{\"seconds\": " + time + ", \"segments\": []}";
        assertRefused(
                post(
                        FILES + "/convert",
                        BodyPublishers.ofString(json),
                        "Content-Type",
                        "application/json"),
                400,
                "a time is");
    }

    @Test
    void letsPermittedPagesReadAnswers() throws Exception {
        start(ServerLimits.DEFAULT, Optional.of(TOKEN));
        String origin = "https://ok.example";
        String allowed = "Access-Control-Allow-Origin";
        HttpRequest.Builder question =
                request(FILES).method("OPTIONS", BodyPublishers.noBody()).header("Origin", origin);

        HttpResponse<String> preflight = client.send(question.build(), BodyHandlers.ofString());
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue(allowed)).contains(origin);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization");
        assertThat(get("/health", "Origin", origin).headers().firstValue(allowed)).contains(origin);
        assertThat(get("/health").headers().firstValue(allowed)).isEmpty();
        assertRefused(get("/metrics", "Origin", origin), 401, "token");
    }
}
