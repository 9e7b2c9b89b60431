package io.github.djlctc.text;

import io.github.djlctc.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes an alphabet in the simplest form that tells all of it. */
final class AlphabetWriter {

    private AlphabetWriter() {}

    static void write(Alphabet alphabet, Path file) throws IOException {
        AtomicFile.writeString(file, text(alphabet, file) + "\n");
    }

    private static String text(Alphabet alphabet, Path file) throws AlphabetFormatException {
        checkTokens(alphabet.tokens(), file);
        if (!file.toString().endsWith(".json")) {
            for (List<String> lines :
                    List.of(alphabet.tokens(), TokenTable.lines(alphabet.tokens()))) {
                String text = String.join("\n", lines);
                if (tells(text, alphabet, file)) {
                    return text;
                }
            }
        }
        return alphabet.toJson();
    }

    /** Returns whether a text is read as an alphabet. */
    private static boolean tells(String text, Alphabet alphabet, Path file) {
        if (text.startsWith("\ufeff")) {
            return false;
        }
        try {
            return VocabularyFile.read(new VocabularyText(file, text)).equals(alphabet);
        } catch (IOException e) {
            return false;
        }
    }

    private static void checkTokens(List<String> tokens, Path file) throws AlphabetFormatException {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        for (int id = 0; id < tokens.size(); id++) {
            if (!encoder.canEncode(tokens.get(id))) {
                throw new AlphabetFormatException(
                        file,
                        "token " + id + " has half a surrogate pair",
                        "such tokens cannot be written in UTF-8: rename it");
            }
        }
    }
}
