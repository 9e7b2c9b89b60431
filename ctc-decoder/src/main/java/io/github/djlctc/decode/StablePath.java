package io.github.djlctc.decode;

/**
 * The beginning that all paths of a search share, tokens and frames. It moves from the tree and the
 * history, which need only its end, to {@link StableTokens}.
 *
 * <p>It is shorter than any prefix of the beam, since that of a path whose last token goes on has
 * no record of it yet.
 */
final class StablePath {

    private final PrefixTree tree;
    private final AlignmentHistory history;
    private final StableTokens tokens;

    /** The node of its end in the tree. */
    private int node;

    /** The record of its last token; {@link AlignmentHistory#NONE} if it has no token. */
    private int record;

    StablePath(PrefixTree tree, AlignmentHistory history, TokenTexts texts) {
        this.tree = tree;
        this.history = history;
        tokens = new StableTokens(texts);
    }

    void reset() {
        tokens.clear();
        node = PrefixTree.ROOT;
        record = AlignmentHistory.NONE;
    }

    int node() {
        return node;
    }

    int record() {
        return record;
    }

    /** Takes the new numbers of its end. */
    void renumber(int newNode, int newRecord) {
        node = newNode;
        record = newRecord;
    }

    StableTokens tokens() {
        return tokens;
    }

    /**
     * Goes on up to a record.
     *
     * @param newRecord a record that all paths have
     * @param below a node that all prefixes have, with this record's token or later ones at its end
     */
    void extend(int newRecord, int below) {
        int count = history.distance(newRecord, record);
        if (count == 0) {
            return;
        }
        int end = below;
        for (int more = tree.distance(below, node) - count; more > 0; more--) {
            end = tree.parent(end);
        }
        int from = tokens.size();
        tokens.extend(count);
        int r = newRecord;
        int n = end;
        for (int i = tokens.size() - 1; i >= from; i--) {
            tokens.set(i, tree.token(n), history.start(r), history.end(r), history.peak(r));
            n = tree.parent(n);
            r = history.previous(r);
        }
        tokens.findCut(from);
        node = end;
        record = newRecord;
    }

    /** Returns the tokens of a prefix in the tree, but those before {@link StableTokens#cut()}. */
    int[] idsAfterCut(int prefix) {
        int shared = tokens.size() - tokens.cut();
        int[] ids = new int[shared + tree.distance(prefix, node)];
        for (int i = 0; i < shared; i++) {
            ids[i] = tokens.id(tokens.cut() + i);
        }
        int at = ids.length;
        for (int n = prefix; n != node; n = tree.parent(n)) {
            ids[--at] = tree.token(n);
        }
        return ids;
    }

    /** Returns how many tokens a prefix has, but those before some of the {@link #tokens()}. */
    int count(FinalPrefix prefix, int from) {
        return prefix.isNothing() ? 0 : tokens.size() - from + tree.distance(prefix.node(), node);
    }

    /**
     * Tells the tokens of a prefix, in no order.
     *
     * @param from the first of the {@link #tokens()} to tell of, which counts as 0
     */
    void tell(FinalPrefix prefix, int from, Listener listener) {
        if (prefix.isNothing()) {
            return;
        }
        int shared = tokens.size() - from;
        for (int i = 0; i < shared; i++) {
            int j = from + i;
            listener.token(i, tokens.id(j), tokens.start(j), tokens.end(j), tokens.peak(j));
        }
        int r = prefix.record();
        int at = count(prefix, from);
        for (int n = prefix.node(); n != node; n = tree.parent(n)) {
            listener.token(--at, tree.token(n), history.start(r), history.end(r), history.peak(r));
            r = history.previous(r);
        }
    }

    /** Takes tokens. */
    @FunctionalInterface
    interface Listener {

        void token(int index, int id, int start, int end, double peak);
    }
}
