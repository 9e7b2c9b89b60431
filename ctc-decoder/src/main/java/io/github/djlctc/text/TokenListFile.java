package io.github.djlctc.text;

import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes an alphabet as a plain list with one token per line. */
final class TokenListFile {

    private static final List<String> BLANKS = List.of("<blank>", "<blk>", "<pad>", "[PAD]");

    private TokenListFile() {}

    static Alphabet read(Path file) throws IOException {
        List<String> tokens = Utf8File.read(file).lines().toList();
        Map<String, Integer> lines = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            int line = i + 1;
            if (token.isEmpty()) {
                throw new AlphabetFormatException(
                        file, "line " + line + " is empty", "each line must hold one token");
            }
            Integer first = lines.putIfAbsent(token, line);
            if (first != null) {
                throw new AlphabetFormatException(
                        file,
                        "lines "
                                + first
                                + " and "
                                + line
                                + " hold the same token \""
                                + token
                                + "\"",
                        "each token may have one id only: remove one of them");
            }
        }
        if (tokens.size() < 2) {
            throw new AlphabetFormatException(
                    file,
                    "it holds " + tokens.size() + " tokens",
                    "an alphabet needs the blank and at least one other token");
        }
        int blank =
                BLANKS.stream().filter(lines::containsKey).findFirst().map(lines::get).orElse(1);
        return Alphabet.builder().setTokens(tokens).optBlank(blank - 1).build();
    }

    static void write(List<String> tokens, Path file) throws IOException {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            boolean breaksLine = token.indexOf('\n') >= 0 || token.indexOf('\r') >= 0;
            boolean looksLikeByteOrderMark = id == 0 && token.startsWith("\ufeff");
            if (breaksLine || looksLikeByteOrderMark || !encoder.canEncode(token)) {
                throw new AlphabetFormatException(
                        file,
                        "token "
                                + id
                                + " has a line break, a byte order mark or half a surrogate"
                                + " pair",
                        "such tokens cannot be written one a line: rename it");
            }
        }
        Files.writeString(file, String.join("\n", tokens) + "\n");
    }
}
