package io.github.djlctc.decode;

import io.github.djlctc.lm.Utf8Text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads hotwords: a UTF-8 text file with a phrase, a tab and a weight on each line. Blank lines and
 * lines that start with {@code #} are passed over.
 */
public final class HotwordFile {

    /** The weight of a phrase that has none of its own. */
    public static final double DEFAULT_WEIGHT = 5;

    private HotwordFile() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return the hotwords in their order, at least one
     * @throws IOException if the file cannot be read, has no hotword, or a line is not one
     */
    public static List<Hotword> read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        List<String> lines = readLines(file);
        List<Hotword> hotwords = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                hotwords.add(hotword(line, file + ", line " + (i + 1)));
            }
        }
        if (hotwords.isEmpty()) {
            throw new IOException(file + ": there are no hotwords in it");
        }
        return hotwords;
    }

    private static Hotword hotword(String line, String where) throws IOException {
        int tab = line.indexOf('\t');
        String phrase = tab < 0 ? line : line.substring(0, tab);
        String weight = tab < 0 ? Double.toString(DEFAULT_WEIGHT) : line.substring(tab + 1);
        try {
            return new Hotword(phrase.strip(), Double.parseDouble(weight));
        } catch (NumberFormatException e) {
            throw new IOException(
                    where
                            + ": the weight is \""
                            + weight
                            + "\", which is not a number; a line is a phrase, a tab and a weight",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ": " + e.getMessage(), e);
        }
    }

    private static List<String> readLines(Path file) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Utf8Text text = Utf8Text.open(file)) {
            for (int next = text.read(); next >= 0; next = text.read()) {
                all.append((char) next);
            }
        }
        return all.toString().lines().toList();
    }
}
