package io.github.djlctc.examples.htr.corpus.pen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text files beside these classes. */
final class Resources {

    private Resources() {}

    /** Returns the lines of a file, without empty ones and those that start with {@code #}. */
    static List<String> lines(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
