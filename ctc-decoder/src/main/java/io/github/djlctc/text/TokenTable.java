package io.github.djlctc.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tokens with their class ids, a pair a line in any order, as the {@code tokens.txt} of k2 and
 * sherpa and the {@code units.txt} of WeNet have them.
 */
final class TokenTable {

    private static final Pattern ID = Pattern.compile("\\d{1,9}");
    private static final Pattern ID_BEFORE_TOKEN = Pattern.compile("\\d{1,9}[ \\t]+\\S.*");
    private static final String EACH_LINE = "each line must hold a token, a space and its id";

    private final Path file;
    private final List<TokenLine> lines = new ArrayList<>();

    /** Takes the lines of a file that may be a table. */
    TokenTable(Path file, List<String> lines) {
        this.file = file;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                this.lines.add(TokenLine.of(i + 1, lines.get(i)));
            }
        }
    }

    /** Returns the lines of a table. */
    static List<String> lines(List<String> tokens) {
        return IntStream.range(0, tokens.size()).mapToObj(id -> tokens.get(id) + " " + id).toList();
    }

    /**
     * Returns whether this is a table, though maybe a damaged one: each line has a number behind a
     * token (one line may have lost a token that is a space), or most have, and one of them behind
     * a special token.
     */
    boolean isOne() {
        long alone = lines.stream().filter(TokenLine::isNumberAlone).count();
        long pairs = lines.stream().filter(TokenLine::isPair).count() - alone;
        boolean allPairs = pairs + Math.min(alone, 1) == lines.size();
        boolean mostPairs =
                2 * pairs >= lines.size() && lines.stream().anyMatch(TokenLine::isTypical);
        return (pairs >= 2 && (allPairs || mostPairs)) || hasIdsBeforeTokens();
    }

    private boolean hasIdsBeforeTokens() {
        return lines.size() >= 2
                && lines.stream().allMatch(l -> ID_BEFORE_TOKEN.matcher(l.text()).matches())
                && lines.stream().noneMatch(TokenLine::isPair);
    }

    /** Returns the tokens in the order of their ids. */
    List<String> tokens() throws AlphabetFormatException {
        checkForm();
        String[] tokens = new String[lines.size()];
        Map<String, Integer> lineOfToken = new HashMap<>();
        int[] lineOfId = new int[tokens.length];
        for (TokenLine line : lines) {
            Integer other = lineOfToken.putIfAbsent(line.token(), line.number());
            if (other != null) {
                throw AlphabetFormatException.ofSameToken(file, other, line.number(), line.token());
            }
            int id = Integer.parseInt(line.value());
            if (id >= tokens.length) {
                throw wrongIds("line " + line.number() + " has the id " + id);
            }
            if (tokens[id] != null) {
                throw wrongIds(
                        "lines " + lineOfId[id] + " and " + line.number() + " have id " + id);
            }
            tokens[id] = line.token();
            lineOfId[id] = line.number();
        }
        if (tokens.length < 2) {
            throw AlphabetFormatException.ofTooFewTokens(file, tokens.length);
        }
        return List.of(tokens);
    }

    /** Returns the tokens in the order of the lines, whose numbers are counts. */
    List<String> tokensWithCounts() throws AlphabetFormatException {
        checkForm();
        if (!neverIncreases()) {
            throw AlphabetFormatException.ofUntold(
                    file,
                    "its numbers increase, as ids do, but counts do not",
                    "name the format token_table");
        }
        return new TokenList(file, lines.stream().map(TokenLine::token).toList()).tokens();
    }

    private void checkForm() throws AlphabetFormatException {
        if (hasIdsBeforeTokens()) {
            throw new AlphabetFormatException(
                    file,
                    "line 1 \"" + lines.get(0).text() + "\" has the id before the token",
                    EACH_LINE);
        }
        for (TokenLine line : lines) {
            if (!line.isPair()) {
                throw new AlphabetFormatException(
                        file,
                        "line "
                                + line.number()
                                + " \""
                                + line.text()
                                + "\" has no id, but others do",
                        EACH_LINE);
            }
            if (!ID.matcher(line.value()).matches()) {
                throw new AlphabetFormatException(
                        file,
                        "line "
                                + line.number()
                                + " has the number "
                                + line.value()
                                + ", no class id",
                        "if the numbers are scores, as in SentencePiece's .vocab, each must stand"
                                + " behind a tab");
            }
        }
    }

    private AlphabetFormatException wrongIds(String problem) {
        String wrong = problem + ", and " + missingId() + " is missing";
        String remedy =
                "the ids of "
                        + lines.size()
                        + " tokens must be 0 to "
                        + (lines.size() - 1)
                        + ", each once";
        if (!neverIncreases()) {
            return new AlphabetFormatException(file, wrong, remedy);
        }
        return AlphabetFormatException.ofUntold(
                file,
                wrong,
                remedy
                        + "; if the numbers are counts, as in fairseq's dict.txt, name the format"
                        + " fairseq_dict");
    }

    private int missingId() {
        boolean[] present = new boolean[lines.size()];
        for (TokenLine line : lines) {
            int id = Integer.parseInt(line.value());
            if (id < present.length) {
                present[id] = true;
            }
        }
        return IntStream.range(0, present.length).filter(id -> !present[id]).findFirst().orElse(0);
    }

    private boolean neverIncreases() {
        return IntStream.range(1, lines.size())
                .allMatch(
                        i ->
                                Integer.parseInt(lines.get(i).value())
                                        <= Integer.parseInt(lines.get(i - 1).value()));
    }
}
