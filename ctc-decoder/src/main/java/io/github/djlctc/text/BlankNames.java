package io.github.djlctc.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The names that the blank has in files of a kind.
 *
 * @param names the names, in any case, since files come from many programs; the first one present
 *     wins
 */
record BlankNames(List<String> names) {

    static final BlankNames OF_LINES =
            new BlankNames(List.of("<blank>", "<blk>", "<ctc_blank>", "<eps>", "<pad>", "[PAD]"));

    /** Without those of padding, which pieces of BERT have besides a blank of NeMo. */
    static final BlankNames WITHOUT_PADDING =
            new BlankNames(List.of("<blank>", "<blk>", "<ctc_blank>", "<eps>"));

    static final BlankNames OF_JSON =
            new BlankNames(List.of("<pad>", "[PAD]", "<blank>", "<blk>", "<ctc_blank>"));

    /** Marks of blanks in lists of labels; other marks are characters to read. */
    private static final Set<String> UNNAMED =
            Set.of("-", "_", "~", "^", "*", "\u2205", "\u03b5", "\u03f5");

    /** The first classes of fairseq's CTC models, of which the first is the blank. */
    static final List<String> ORDER_OF_FAIRSEQ = List.of("<s>", "<pad>", "</s>", "<unk>");

    /** Returns the id of the blank, or nothing if none of the tokens is named like one. */
    OptionalInt find(List<String> tokens) {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            ids.putIfAbsent(tokens.get(id).toLowerCase(Locale.ROOT), id);
        }
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(ids::containsKey)
                .mapToInt(ids::get)
                .findFirst();
    }

    static boolean areInOrderOfFairseq(List<String> tokens) {
        return tokens.size() >= ORDER_OF_FAIRSEQ.size()
                && tokens.subList(0, ORDER_OF_FAIRSEQ.size()).equals(ORDER_OF_FAIRSEQ);
    }

    /**
     * Returns whether a token may be the blank for its place alone. One that is named as something
     * else, such as the {@code <unk>} that NeMo's lists begin with, is none.
     */
    static boolean mayBeOne(String token) {
        return UNNAMED.contains(token)
                || token.equalsIgnoreCase("[blank]")
                || (token.matches("<.+>|\\[.+]") && !isNamedOtherwise(token));
    }

    private static boolean isNamedOtherwise(String token) {
        return token.equalsIgnoreCase("<space>") || SpecialTokens.isSpecialInFile(token);
    }
}
