package io.github.djlctc.examples.speech.serve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A page in a browser without a window, driven over the DevTools protocol. */
public final class Chromium implements AutoCloseable {

    /** Names another browser of this family. */
    private static final String PROPERTY = "djlctc.browser";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final int TIMEOUT_SECONDS = 90;

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final Listener listener = new Listener();
    private final AtomicInteger ids = new AtomicInteger();
    private String session = "";

    /**
     * Starts a browser whose microphone plays a file, over and over. Without a browser the test is
     * skipped.
     *
     * @param sound a WAV file
     * @param folder where the browser keeps its files
     */
    public static Chromium hearing(Path sound, Path folder) throws Exception {
        Optional<Path> program = find();
        assumeTrue(
                program.isPresent(),
                "needs a browser: no chromium, chromium-browser or google-chrome on the PATH, and"
                        + " the system property "
                        + PROPERTY
                        + " is not set");
        return new Chromium(
                program.get(),
                folder,
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-audio-capture=" + sound);
    }

    private static Optional<Path> find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(path -> NAMES.stream().map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Chromium(Path program, Path folder, String... options) throws Exception {
        profile = folder.resolve("profile");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--hide-scrollbars",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile));
        command.addAll(List.of(options));
        command.add("about:blank");
        process =
                new ProcessBuilder(command)
                        .redirectOutput(folder.resolve("browser.out").toFile())
                        .redirectError(folder.resolve("browser.log").toFile())
                        .start();
        socket = connect(profile.resolve("DevToolsActivePort"));
        JsonObject target = new JsonObject();
        target.addProperty("url", "about:blank");
        JsonObject attach = new JsonObject();
        attach.add("targetId", call("Target.createTarget", target).get("targetId"));
        attach.addProperty("flatten", true);
        session = call("Target.attachToTarget", attach).get("sessionId").getAsString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", new JsonObject());
        }
    }

    private WebSocket connect(Path portFile) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("the browser did not start");
            }
            Thread.sleep(50);
        }
        List<String> lines = Files.readAllLines(portFile);
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), listener)
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Calls a method of the DevTools protocol. */
    JsonObject call(String method, JsonObject parameters) throws Exception {
        int id = ids.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", parameters);
        if (!session.isEmpty()) {
            message.addProperty("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        listener.answers.put(id, answer);
        socket.sendText(message.toString(), true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        JsonObject object = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (object.has("error")) {
            throw new AssertionError(method + ": " + object.get("error"));
        }
        return object.getAsJsonObject("result");
    }

    private JsonObject call(String method, String json) throws Exception {
        return call(method, JsonParser.parseString(json).getAsJsonObject());
    }

    public void open(String url) throws Exception {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("url", url);
        call("Page.navigate", parameters);
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** Evaluates an expression, and waits for it if it is a promise. */
    public String evaluate(String expression) throws Exception {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", "(async () => String(await (" + expression + ")))()");
        parameters.addProperty("awaitPromise", true);
        parameters.addProperty("returnByValue", true);
        parameters.addProperty("userGesture", true);
        JsonObject answer = call("Runtime.evaluate", parameters);
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.getAsJsonObject("result").get("value").getAsString();
    }

    /** Waits until an expression is true. */
    public void await(String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!evaluate(expression).equals("true")) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        expression
                                + " did not come true; the page shows "
                                + evaluate("document.body.innerText")
                                + "; the console "
                                + complaints());
            }
            Thread.sleep(50);
        }
    }

    public void resize(int width, int height, boolean phone) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                """
                {"width": %d, "height": %d, "deviceScaleFactor": 1, "mobile": %s}
                """
                        .formatted(width, height, phone));
    }

    /** Sets whether the user likes pages "light" or "dark". */
    public void scheme(String name) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                """
                {"features": [{"name": "prefers-color-scheme", "value": "%s"}]}
                """
                        .formatted(name));
    }

    void press(String key, int code) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    """
                    {"type": "%s", "key": "%s", "code": "%s", "windowsVirtualKeyCode": %d}
                    """
                            .formatted(type, key, key, code));
        }
    }

    public void screenshot(Path file) throws Exception {
        String data =
                call("Page.captureScreenshot", "{\"format\": \"png\"}").get("data").getAsString();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    void forgetComplaints() {
        listener.complaints.clear();
    }

    /** Returns errors of the page's scripts, and what its policy refused. */
    public List<String> complaints() {
        return List.copyOf(listener.complaints);
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        // The profile is deleted next, which they must not write to any more.
        process.onExit().join();
        children.forEach(child -> child.onExit().join());
        for (String link : List.of("SingletonSocket", "SingletonCookie", "SingletonLock")) {
            Files.deleteIfExists(profile.resolve(link));
        }
    }

    private static final class Listener extends JsonListener {

        private final Map<Integer, CompletableFuture<JsonObject>> answers =
                new ConcurrentHashMap<>();
        private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

        @Override
        void receive(JsonObject object) {
            if (object.has("id")) {
                CompletableFuture<JsonObject> answer = answers.remove(object.get("id").getAsInt());
                if (answer != null) {
                    answer.complete(object);
                }
            } else if (object.get("method").getAsString().equals("Runtime.exceptionThrown")
                    || isComplaint(object)) {
                complaints.add(object.get("params").toString());
            }
        }

        private static boolean isComplaint(JsonObject object) {
            return object.get("method").getAsString().equals("Log.entryAdded")
                    && object.getAsJsonObject("params")
                            .getAsJsonObject("entry")
                            .get("level")
                            .getAsString()
                            .equals("error");
        }
    }
}
