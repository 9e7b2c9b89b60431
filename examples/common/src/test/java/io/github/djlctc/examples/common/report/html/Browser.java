package io.github.djlctc.examples.common.report.html;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium or Chrome without a window. */
final class Browser {

    /** Names another browser of this family. */
    static final String PROPERTY = "djlctc.browser";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final int TIMEOUT_SECONDS = 90;
    private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">(.*?)</pre>");

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Finds a browser, which keeps its files in a folder. */
    static Optional<Browser> find(Path folder) {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return Optional.of(new Browser(Path.of(named), folder));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(path -> NAMES.stream().map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new Browser(path, folder));
    }

    /**
     * A page after loading.
     *
     * @param dom the elements after loading, as HTML
     * @param log what the browser wrote, with messages of the console
     */
    record Outcome(String dom, String log) {

        /** Returns the messages of the console, such as errors of scripts and refused content. */
        List<String> complaints() {
            return log.lines().filter(line -> line.contains("CONSOLE")).toList();
        }

        /** Returns what a script wrote into the element with the id result. */
        JsonObject result() {
            Matcher matcher = RESULT.matcher(dom);
            if (!matcher.find()) {
                throw new AssertionError("the script wrote no result; the browser said: " + log);
            }
            String json = matcher.group(1).replace("&lt;", "<").replace("&gt;", ">");
            return JsonParser.parseString(json.replace("&amp;", "&")).getAsJsonObject();
        }
    }

    Outcome open(Path page) throws IOException, InterruptedException {
        Path dom = Files.createTempFile(folder, "dom", ".html");
        Path log = Files.createTempFile(folder, "browser", ".log");
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--enable-logging=stderr",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--window-size=1200,900",
                                "--dump-dom",
                                page.toUri().toString())
                        .redirectOutput(dom.toFile())
                        .redirectError(log.toFile())
                        .start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "the browser did not end within "
                                + TIMEOUT_SECONDS
                                + " s: "
                                + Files.readString(log));
            }
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the browser failed: " + Files.readString(log));
        }
        return new Outcome(Files.readString(dom), Files.readString(log));
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        // The profile is deleted next, which they must not write to any more.
        process.waitFor();
        children.forEach(child -> child.onExit().join());
    }
}
