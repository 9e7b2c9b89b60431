package io.github.djlctc.text;

import io.github.djlctc.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A list of tokens as a file: one token a line, or a {@link TokenTable}. */
final class TokenListFile {

    private TokenListFile() {}

    static Alphabet read(Path file) throws IOException {
        return parse(file, Utf8File.read(file).lines().toList());
    }

    private static Alphabet parse(Path file, List<String> lines) throws AlphabetFormatException {
        TokenTable table = new TokenTable(file, lines);
        return table.isOne() ? table.alphabet() : plain(file, lines);
    }

    private static Alphabet plain(Path file, List<String> tokens) throws AlphabetFormatException {
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
                throw AlphabetFormatException.ofSameToken(file, first, line, token);
            }
        }
        if (tokens.size() < 2) {
            throw AlphabetFormatException.ofTooFewTokens(file, tokens.size());
        }
        int blank = BlankNames.OF_TOKEN_LIST.find(lines::containsKey).map(lines::get).orElse(1);
        return Alphabet.builder().setTokens(tokens).optBlank(blank - 1).build();
    }

    static void write(Alphabet alphabet, Path file) throws IOException {
        AtomicFile.checkTarget(file);
        checkTokens(alphabet.tokens(), file);
        List<String> plain = alphabet.tokens();
        List<String> table = TokenTable.lines(plain);
        boolean needsTable = !tells(plain, alphabet, file) && tells(table, alphabet, file);
        Files.writeString(file, String.join("\n", needsTable ? table : plain) + "\n");
    }

    /** Returns whether lines are read as the classes of an alphabet. */
    private static boolean tells(List<String> lines, Alphabet alphabet, Path file) {
        try {
            Alphabet read = parse(file, lines);
            return alphabet.toBuilder().optSubwords(SubwordStyle.NONE).build().hasClassesOf(read);
        } catch (AlphabetFormatException e) {
            return false;
        }
    }

    private static void checkTokens(List<String> tokens, Path file) throws AlphabetFormatException {
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
    }
}
