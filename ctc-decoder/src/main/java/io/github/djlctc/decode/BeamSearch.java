package io.github.djlctc.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The search itself: takes frame after frame and keeps the best prefixes.
 *
 * <p>Probabilities are kept as such, not as logarithms, and scaled by powers of two; the weight of
 * the text is a factor in them, so that what ranks prefixes is one product. A prefix that is less
 * than 1e-290 times as likely as the best is lost.
 *
 * <p>For prefixes that end with a separator or are empty, the paths that end in their last token
 * are those that end in a separator.
 *
 * <p>Not safe for use by many threads, but may be used again after {@link #reset}. Nothing is
 * allocated in {@link #accept} once the arrays have grown to what the samples need.
 */
final class BeamSearch {

    private final TextScorer scorer;
    private final FrameScores frame;
    private final PrefixTree tree;
    private final TextState cursor;
    private final BeamPruner pruner;
    private final BestPaths paths;
    private final StablePath stable;
    private final double emptyWordFactor;
    private final boolean restrictsTexts;

    private Beam beam;
    private Beam next;

    /**
     * The index in the beam of each prefix without its last token, or {@link PrefixTree#ABSENT}.
     */
    private int[] parentIndex;

    private int frames;
    private long exponent;

    BeamSearch(SearchOptions options, TextScorer scorer) {
        this.scorer = scorer;
        Pruning pruning = options.pruning();
        frame =
                new FrameScores(
                        options.alphabet(),
                        options.biases(),
                        pruning.tokenTopK(),
                        pruning.tokenMinLogProbability());
        cursor = scorer.newState();
        tree = new PrefixTree(options.alphabet().size(), cursor.languageModelState.length);
        restrictsTexts = scorer.restrictsTexts();
        pruner = new BeamPruner(pruning.beamWidth(), pruning.beamThreshold());
        int capacity = Math.min(pruning.beamWidth(), 256);
        beam = new Beam(capacity);
        next = new Beam(capacity);
        emptyWordFactor = options.emptyWordFactor();
        paths = new BestPaths(capacity, emptyWordFactor);
        stable = new StablePath(tree, paths.history(), scorer.texts());
        parentIndex = new int[capacity];
        reset();
    }

    /** Starts anew with the empty prefix. */
    void reset() {
        scorer.start(cursor);
        tree.reset(cursor, Math.exp(scorer.greatestGain(false, cursor.trieNode)));
        paths.reset();
        stable.reset();
        frames = 0;
        exponent = 0;
        beam.clear();
        beam.add(PrefixTree.ROOT, 1, 0);
        tree.setBeamIndex(PrefixTree.ROOT, 0);
    }

    /**
     * Takes a frame.
     *
     * @return false if no class of the frame is best; the search is as before then
     */
    boolean accept(float[] emissions, int from) {
        if (!frame.read(emissions, from)) {
            return false;
        }
        if (tree.isLarge() || history().isLarge()) {
            forget();
        }
        findParents();
        stay();
        enterFromParents();
        addExtensions();
        select();
        frames++;
        return true;
    }

    /** Drops what no path needs, and moves what all share to {@link #stable()}. */
    private void forget() {
        settle();
        int node = stable.node();
        int record = stable.record();
        stable.renumber(
                tree.isLarge() ? beam.compact(tree, node) : node,
                history().isLarge() ? paths.compact(record, beam.size()) : record);
    }

    /** Brings {@link #stable()} up to date, in time for what is new. */
    void settle() {
        stable.extend(paths.commonRecord(beam.size(), stable.record()), commonNode());
    }

    /** Drops prefixes that differ from the best one in tokens of it that end up to a frame. */
    void decide(int frame) {
        int best = bestIndex();
        int common = commonNode();
        int node = beam.node(best);
        node = paths.endsInToken(best) ? tree.parent(node) : node;
        int record = paths.lastEnded(best);
        while (node > common && history().end(record) > frame) {
            node = tree.parent(node);
            record = history().previous(record);
        }
        if (node > common) {
            retainBeginningWith(node);
        }
    }

    private void retainBeginningWith(int common) {
        int kept = 0;
        for (int i = 0; i < beam.size(); i++) {
            int node = beam.node(i);
            boolean keeps = tree.beginsWith(node, common);
            tree.setBeamIndex(node, keeps ? kept : PrefixTree.ABSENT);
            if (keeps) {
                beam.move(i, kept);
                paths.move(i, kept++);
            }
        }
        beam.truncate(kept);
    }

    /** Returns whether {@link #accept} would take a frame; the search is as before. */
    boolean canAccept(float[] emissions, int from) {
        return frame.hasBestClass(emissions, from);
    }

    private void findParents() {
        if (beam.size() > parentIndex.length) {
            parentIndex = Arrays.copyOf(parentIndex, 2 * beam.size());
        }
        for (int i = 0; i < beam.size(); i++) {
            int parent = tree.parent(beam.node(i));
            parentIndex[i] =
                    parent == PrefixTree.ABSENT ? PrefixTree.ABSENT : tree.beamIndex(parent);
        }
    }

    /** Prefixes remain what they are by a blank or by their last token again. */
    private void stay() {
        double blank = frame.blankProbability();
        double separator = frame.separatorProbability();
        next.clear();
        paths.startFrame(beam.size());
        for (int i = 0; i < beam.size(); i++) {
            int node = beam.node(i);
            double total = beam.total(i);
            if (node == PrefixTree.ROOT || endsInSeparator(node)) {
                // A separator goes on, or after a blank another one makes a word without letters.
                double before = beam.blank(i) * emptyWordFactor + beam.token(i);
                next.add(node, total * blank, before * separator);
                paths.stayInSeparator(i, blank, separator);
            } else {
                double token = frame.probability(tree.token(node));
                // Behind a token that ends its word, a separator is as good as a blank.
                double ended = tree.isInWord(node) ? 0 : separator;
                next.add(node, total * blank + total * ended, beam.token(i) * token);
                paths.stayInToken(i, Math.max(blank, ended), token);
            }
        }
    }

    /** Prefixes whose parent is in the beam too are also reached from there. */
    private void enterFromParents() {
        for (int i = 0; i < beam.size(); i++) {
            int parent = parentIndex[i];
            if (parent == PrefixTree.ABSENT) {
                continue;
            }
            int node = beam.node(i);
            int token = tree.token(node);
            double p = frame.probability(token) * tree.factor(node);
            boolean repeats = repeats(beam.node(parent), token);
            next.addToToken(i, (repeats ? beam.blank(parent) : beam.total(parent)) * p);
            paths.enter(i, parent, repeats, p);
        }
    }

    /** Returns whether a token needs a blank before it to go on with a prefix. */
    private boolean repeats(int node, int token) {
        return tree.token(node) == token;
    }

    private void addExtensions() {
        double cutoff = pruner.cutoff(next);
        double greatestUnlikely = restrictsTexts ? frame.findUnlikely() : 0;
        for (int i = 0; i < beam.size(); i++) {
            double total = beam.total(i);
            double bound = tree.greatestFactor(beam.node(i));
            if (total * bound >= cutoff) {
                extendByAll(i, frame.candidates(), bound, cutoff);
            }
            // Not those that only a gain of the text would save: it takes a fifth of the speed.
            if (total * greatestUnlikely >= cutoff
                    && greatestUnlikely > 0
                    && mustNotFollow(beam.node(i), frame.likeliest())) {
                extendByAll(i, frame.unlikely(), 1, cutoff);
            }
        }
    }

    /** Returns whether a token was found not to go on with a prefix. */
    private boolean mustNotFollow(int node, int token) {
        return tree.child(node, token) == PrefixTree.IMPOSSIBLE;
    }

    private void extendByAll(int index, TokenList tokens, double bound, double cutoff) {
        int node = beam.node(index);
        double blank = beam.blank(index);
        double total = beam.total(index);
        boolean inWord = tree.isInWord(node);
        int lastToken = tree.token(node);
        int separator = frame.separator();
        for (int k = 0; k < tokens.size(); k++) {
            int token = tokens.token(k);
            double mass = (token == lastToken ? blank : total) * tokens.probability(k);
            if (mass * bound >= cutoff && (inWord || token != separator) && mass > 0) {
                extend(index, token, mass, cutoff);
            }
        }
    }

    private void extend(int index, int token, double mass, double cutoff) {
        int node = beam.node(index);
        int child = tree.child(node, token);
        if (child == PrefixTree.ABSENT) {
            child = create(node, token);
        }
        if (child == PrefixTree.IMPOSSIBLE || tree.beamIndex(child) != PrefixTree.ABSENT) {
            return;
        }
        double factor = tree.factor(child);
        if (mass * factor >= cutoff) {
            int added = next.add(child, 0, mass * factor);
            paths.extend(added, index, repeats(node, token));
        }
    }

    private int create(int node, int token) {
        tree.load(node, cursor);
        if (!scorer.advance(cursor, token)) {
            tree.addImpossible(node, token);
            return PrefixTree.IMPOSSIBLE;
        }
        double bound = Math.exp(scorer.greatestGain(cursor.inWord, cursor.trieNode));
        return tree.add(node, token, cursor, bound);
    }

    /** Drops what is too far behind the best, and what the beam has no room for. */
    private void select() {
        double best = pruner.start(next);
        for (int i = 0; i < beam.size(); i++) {
            tree.setBeamIndex(beam.node(i), PrefixTree.ABSENT);
        }
        int kept = 0;
        for (int i = 0; i < next.size(); i++) {
            if (pruner.keepsNext(next.total(i))) {
                keep(i, kept++);
            }
        }
        next.truncate(kept);
        paths.endFrame(kept);
        Beam last = beam;
        beam = next;
        next = last;
        rescale(best);
    }

    /** Moves a prefix to its final place in the next beam. */
    private void keep(int from, int to) {
        int node = next.node(from);
        double peak = node == PrefixTree.ROOT ? 0 : frame.probability(tree.token(node));
        if (from < beam.size()) {
            paths.keep(from, to, peak, frames);
        } else {
            paths.keepExtension(from, to, peak * tree.factor(node), peak, frames);
        }
        next.move(from, to);
        tree.setBeamIndex(node, to);
    }

    private void rescale(double best) {
        int power = Scaling.exponent(best);
        if (power != 0) {
            beam.scaleDown(power);
            exponent += power;
        }
    }

    /**
     * Returns what the search has found if the emissions end here, in no order: prefixes that the
     * lexicon lets end here, or if there are none {@link FinalPrefix#NO_RESULT}.
     */
    List<FinalPrefix> finish() {
        Map<Integer, FinalPrefix> complete = new HashMap<>();
        for (int i = 0; i < beam.size(); i++) {
            tree.load(withoutSeparator(beam.node(i)), cursor);
            if (scorer.endWord(cursor)) {
                scorer.endSentence(cursor);
                FinalPrefix prefix = finalPrefix(i);
                complete.merge(prefix.node(), prefix, FinalPrefix::and);
            }
        }
        return complete.isEmpty() ? List.of(FinalPrefix.NO_RESULT) : List.copyOf(complete.values());
    }

    private FinalPrefix finalPrefix(int index) {
        int node = beam.node(index);
        int record = paths.lastRecord(index, frames);
        // A path so far has the weight of its prefix, and will have that of the whole text.
        double change = cursor.logWeight - tree.logWeight(node);
        double acoustic =
                Math.log(beam.total(index)) + exponent * Math.log(2) - tree.logWeight(node);
        int lastToken = withoutSeparator(node);
        return new FinalPrefix(
                lastToken,
                lastToken == node ? record : history().previous(record),
                Math.log(paths.probability(index)) + change,
                acoustic,
                cursor.logWeight,
                cursor.languageModelScore);
    }

    private int withoutSeparator(int node) {
        return endsInSeparator(node) ? tree.parent(node) : node;
    }

    private boolean endsInSeparator(int node) {
        return tree.token(node) == frame.separator() && node != PrefixTree.ROOT;
    }

    /** Returns the node of the best prefix so far. */
    int bestNode() {
        return beam.node(bestIndex());
    }

    private int bestIndex() {
        int best = 0;
        for (int i = 1; i < beam.size(); i++) {
            best = beam.total(i) > beam.total(best) ? i : best;
        }
        return best;
    }

    /** Returns the node of the longest prefix that all prefixes of the beam begin with. */
    int commonNode() {
        return beam.commonPrefix(tree, stable.node());
    }

    int frames() {
        return frames;
    }

    /** Returns the beginning that all paths shared when it was last brought up to date. */
    StablePath stable() {
        return stable;
    }

    PrefixTree tree() {
        return tree;
    }

    AlignmentHistory history() {
        return paths.history();
    }
}
