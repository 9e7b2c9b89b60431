package io.github.djlctc.examples.speech.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of the page, which are in the program. Requests choose among them by equality: no path
 * of a request is looked up anywhere.
 */
final class PageFiles {

    private static final Map<String, String> TYPES = types();

    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    PageFiles() {
        TYPES.keySet().forEach(name -> contents.put(name, read(name)));
    }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("page.html", "text/html; charset=utf-8");
        types.put("page.css", "text/css; charset=utf-8");
        types.put("page.js", "text/javascript; charset=utf-8");
        types.put("transcript.js", "text/javascript; charset=utf-8");
        types.put("sound.js", "text/javascript; charset=utf-8");
        types.put("capture.js", "text/javascript; charset=utf-8");
        types.put("icon.svg", "image/svg+xml");
        return types;
    }

    /** Tells whether a path is that of the page or of one of its files. */
    static boolean isFile(String path) {
        return path.equals("/") || (path.startsWith("/") && TYPES.containsKey(path.substring(1)));
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(JavalinConfig config) {
        config.router.mount(
                router -> {
                    router.get("/", context -> send(context, "page.html"));
                    TYPES.keySet()
                            .forEach(
                                    name -> router.get("/" + name, context -> send(context, name)));
                });
    }

    private void send(Context context, String name) {
        context.header("Cache-Control", "no-cache");
        context.contentType(TYPES.get(name)).result(contents.get(name));
    }
}
