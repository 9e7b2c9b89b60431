package io.github.djlctc.examples.common.data;

import io.github.djlctc.decode.Hotword;
import io.github.djlctc.file.InputFile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads hotwords: a UTF-8 text file with a phrase, a tab and a weight on each line. Blank lines and
 * lines that start with {@code #} are passed over.
 */
public final class HotwordFile {

    /** The weight of a phrase that has none of its own. */
    public static final double DEFAULT_WEIGHT = 5;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private HotwordFile() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return the hotwords in their order, at least one
     * @throws IOException if the file cannot be read, has no hotword, or a line is not one
     */
    public static List<Hotword> read(Path file) throws IOException {
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
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                InputFile.open(file), StandardCharsets.UTF_8.newDecoder()))) {
            List<String> all = new ArrayList<>(lines.lines().toList());
            if (!all.isEmpty() && all.get(0).startsWith(BYTE_ORDER_MARK)) {
                all.set(0, all.get(0).substring(BYTE_ORDER_MARK.length()));
            }
            return all;
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? new IOException(file + ": the text is not UTF-8", e)
                    : e.getCause();
        }
    }
}
