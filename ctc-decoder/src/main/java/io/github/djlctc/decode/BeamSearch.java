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
 * <p>Not safe for use by many threads, but may be used again after {@link #reset}. Nothing is
 * allocated in {@link #accept} once the arrays have grown to what the samples need.
 */
final class BeamSearch {

    private static final double RESCALE_BELOW = 0x1p-64;
    private static final double RESCALE_ABOVE = 0x1p64;
    private static final double NEGLIGIBLE = 1e-290;
    private static final int STAYS = -1;

    /** Nodes and records are tidied up when there are this many, or twice as many as are needed. */
    private static final int TIDY_ABOVE = 4096;

    private final TextScorer scorer;
    private final FrameScores frame;
    private final PrefixTree tree;
    private final AlignmentHistory history = new AlignmentHistory();
    private final TextState cursor;
    private final int beamWidth;
    private final double leastShare;
    private final double emptyWordFactor;
    private final boolean restrictsTexts;

    private Beam beam;
    private Beam next;
    private int[] parentIndex;
    private int[] entersFrom;
    private double[] ranked;
    private int frames;
    private long exponent;
    private int tidyTreeAbove;
    private int tidyHistoryAbove;

    BeamSearch(SearchOptions options, TextScorer scorer) {
        this.scorer = scorer;
        frame =
                new FrameScores(
                        options.alphabet(),
                        options.biases(),
                        options.tokenTopK(),
                        options.tokenMinLogProbability());
        cursor = scorer.newState();
        tree = new PrefixTree(options.alphabet().size(), cursor.languageModelState.length);
        beamWidth = options.beamWidth();
        restrictsTexts = scorer.restrictsTexts();
        emptyWordFactor = options.emptyWordFactor();
        leastShare = Math.exp(-options.beamThreshold());
        int capacity = Math.min(beamWidth, 256);
        beam = new Beam(capacity);
        next = new Beam(capacity);
        parentIndex = new int[capacity];
        entersFrom = new int[capacity];
        ranked = new double[capacity];
        reset();
    }

    /** Starts anew with the empty prefix. */
    void reset() {
        scorer.start(cursor);
        tree.reset(cursor, Math.exp(scorer.greatestGain(false, cursor.trieNode)));
        history.reset();
        tidyTreeAbove = TIDY_ABOVE;
        tidyHistoryAbove = TIDY_ABOVE;
        frames = 0;
        exponent = 0;
        beam.size = 1;
        beam.node[0] = PrefixTree.ROOT;
        beam.blank[0] = 1;
        beam.token[0] = 0;
        beam.bestBlank[0] = 1;
        beam.bestToken[0] = 0;
        beam.blankRecord[0] = AlignmentHistory.NONE;
        beam.tokenRecord[0] = AlignmentHistory.NONE;
        tree.beamIndex[PrefixTree.ROOT] = 0;
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
        tidy();
        ensureCapacity(beam.size);
        next.size = beam.size;
        findParents();
        stay();
        enterFromParents();
        addExtensions();
        select();
        frames++;
        return true;
    }

    private void ensureCapacity(int capacity) {
        beam.ensureCapacity(capacity);
        next.ensureCapacity(capacity);
        if (capacity > parentIndex.length) {
            int enough = Math.max(capacity, 2 * parentIndex.length);
            parentIndex = Arrays.copyOf(parentIndex, enough);
            entersFrom = Arrays.copyOf(entersFrom, enough);
            ranked = Arrays.copyOf(ranked, enough);
        }
    }

    private void findParents() {
        for (int i = 0; i < beam.size; i++) {
            int parent = tree.parent[beam.node[i]];
            parentIndex[i] =
                    parent == PrefixTree.ABSENT ? PrefixTree.ABSENT : tree.beamIndex[parent];
        }
    }

    /** Prefixes remain what they are by a blank or by their last token again. */
    private void stay() {
        double[] probabilities = frame.probabilities;
        double pBlank = frame.blankProbability();
        double pSeparator = frame.separatorProbability();
        for (int i = 0; i < beam.size; i++) {
            int node = beam.node[i];
            double blank = beam.blank[i];
            double token = beam.token[i];
            double bestBlank = beam.bestBlank[i];
            double bestToken = beam.bestToken[i];
            next.node[i] = node;
            next.blank[i] = (blank + token) * pBlank;
            next.bestBlank[i] = Math.max(bestBlank, bestToken) * pBlank;
            if (node == PrefixTree.ROOT || endsInSeparator(node)) {
                // A separator goes on, or after a blank another one makes a word without letters.
                next.token[i] = (blank * emptyWordFactor + token) * pSeparator;
                next.bestToken[i] = Math.max(bestBlank * emptyWordFactor, bestToken) * pSeparator;
            } else {
                double p = probabilities[tree.token[node]];
                next.token[i] = token * p;
                next.bestToken[i] = bestToken * p;
                if (!tree.inWord[node]) {
                    // Behind a token that ends its word, a separator is as good as a blank.
                    next.blank[i] += (blank + token) * pSeparator;
                    next.bestBlank[i] =
                            Math.max(
                                    next.bestBlank[i], Math.max(bestBlank, bestToken) * pSeparator);
                }
            }
            entersFrom[i] = STAYS;
        }
    }

    /** Prefixes whose parent is in the beam too are also reached from there. */
    private void enterFromParents() {
        for (int i = 0; i < beam.size; i++) {
            int parent = parentIndex[i];
            if (parent == PrefixTree.ABSENT) {
                continue;
            }
            int node = beam.node[i];
            int token = tree.token[node];
            double p = frame.probabilities[token] * tree.factor[node];
            boolean repeats = repeats(beam.node[parent], token);
            next.token[i] += (repeats ? beam.blank[parent] : beam.total(parent)) * p;
            double best = bestBefore(parent, repeats) * p;
            if (best > next.bestToken[i]) {
                next.bestToken[i] = best;
                entersFrom[i] = parent;
            }
        }
    }

    /** Returns whether a token needs a blank before it to go on with a prefix. */
    private boolean repeats(int node, int token) {
        return tree.token[node] == token;
    }

    private double bestBefore(int index, boolean repeats) {
        return repeats
                ? beam.bestBlank[index]
                : Math.max(beam.bestBlank[index], beam.bestToken[index]);
    }

    private void addExtensions() {
        double cutoff = cutoff();
        double greatestUnlikely = restrictsTexts ? frame.findUnlikely() : 0;
        for (int i = 0; i < beam.size; i++) {
            double total = beam.total(i);
            double bound = tree.greatestFactor[beam.node[i]];
            if (total * bound >= cutoff) {
                extendByAll(i, frame.candidates, frame.candidateCount, bound, cutoff);
            }
            // Not those that only a gain of the text would save: it takes a fifth of the speed.
            if (total * greatestUnlikely >= cutoff
                    && greatestUnlikely > 0
                    && mustNotFollow(beam.node[i], frame.likeliest())) {
                extendByAll(i, frame.unlikely, frame.unlikelyCount, 1, cutoff);
            }
        }
    }

    /** Returns whether a token was found not to go on with a prefix. */
    private boolean mustNotFollow(int node, int token) {
        return tree.child(node, token) == PrefixTree.IMPOSSIBLE;
    }

    private void extendByAll(int index, int[] tokens, int count, double bound, double cutoff) {
        int node = beam.node[index];
        double blank = beam.blank[index];
        double total = blank + beam.token[index];
        boolean inWord = tree.inWord[node];
        int lastToken = tree.token[node];
        int separator = frame.separator();
        for (int k = 0; k < count; k++) {
            int token = tokens[k];
            double mass = (token == lastToken ? blank : total) * frame.probabilities[token];
            if (mass * bound >= cutoff && (inWord || token != separator) && mass > 0) {
                extend(index, token, mass, cutoff);
            }
        }
    }

    /**
     * Returns what an extension must have to be kept: that share of the best prefix which the
     * threshold asks for, and, where the beam is full, more than the worst prefix that stays.
     */
    private double cutoff() {
        double best = 0;
        double worst = Double.POSITIVE_INFINITY;
        for (int i = 0; i < next.size; i++) {
            double total = next.total(i);
            best = Math.max(best, total);
            worst = Math.min(worst, total);
        }
        return Math.max(best * leastShare, next.size >= beamWidth ? worst : 0);
    }

    private void extend(int index, int token, double mass, double cutoff) {
        int node = beam.node[index];
        int child = tree.child(node, token);
        if (child == PrefixTree.ABSENT) {
            child = create(node, token);
        }
        if (child == PrefixTree.IMPOSSIBLE || tree.beamIndex[child] != PrefixTree.ABSENT) {
            return;
        }
        double factor = tree.factor[child];
        if (mass * factor < cutoff) {
            return;
        }
        int added = next.size++;
        ensureCapacity(next.size);
        next.node[added] = child;
        next.blank[added] = 0;
        next.bestBlank[added] = 0;
        next.token[added] = mass * factor;
        next.bestToken[added] =
                bestBefore(index, repeats(node, token)) * frame.probabilities[token] * factor;
        entersFrom[added] = index;
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
        double best = 0;
        for (int i = 0; i < next.size; i++) {
            ranked[i] = next.total(i);
            best = Math.max(best, ranked[i]);
        }
        double least = Math.max(best * leastShare, Double.MIN_NORMAL);
        int ties = next.size;
        if (next.size > beamWidth) {
            double last = Selection.nthGreatest(ranked, next.size, beamWidth);
            if (last >= least) {
                least = last;
                ties = beamWidth;
                for (int i = 0; i < next.size; i++) {
                    ties -= next.total(i) > least ? 1 : 0;
                }
            }
        }
        for (int i = 0; i < beam.size; i++) {
            tree.beamIndex[beam.node[i]] = PrefixTree.ABSENT;
        }
        int kept = 0;
        double bestPath = 0;
        for (int i = 0; i < next.size; i++) {
            double total = next.total(i);
            if (total > least || (total == least && ties-- > 0)) {
                keep(i, kept);
                bestPath = Math.max(bestPath, next.bestPath(kept++));
            }
        }
        next.size = kept;
        swapBeams();
        rescale(best, bestPath);
    }

    /** Copies a prefix to its final place in the next beam, at or before that where it stands. */
    private void keep(int from, int to) {
        int node = next.node[from];
        keepBlankPath(from, to);
        keepTokenPath(from, to, node);
        next.node[to] = node;
        next.blank[to] = next.blank[from];
        next.token[to] = withoutSubnormals(next.token[from]);
        tree.beamIndex[node] = to;
    }

    private void keepBlankPath(int from, int to) {
        next.bestBlank[to] = next.bestBlank[from];
        next.blankRecord[to] = AlignmentHistory.NONE;
        if (from < beam.size) {
            next.blankRecord[to] = endsInToken(from) ? closeToken(from) : beam.blankRecord[from];
        }
    }

    private void keepTokenPath(int from, int to, int node) {
        int source = entersFrom[from];
        double probability = tokenProbability(node);
        next.bestToken[to] = withoutSubnormals(next.bestToken[from]);
        if (source != STAYS) {
            boolean fromBlank =
                    repeats(beam.node[source], tree.token[node]) || !endsInToken(source);
            next.tokenRecord[to] = fromBlank ? beam.blankRecord[source] : closeToken(source);
            next.tokenStart[to] = frames;
            next.tokenPeak[to] = probability;
        } else if (beam.blankRecord[from] != AlignmentHistory.NONE
                && endsInSeparator(node)
                && beam.bestBlank[from] * emptyWordFactor > beam.bestToken[from]) {
            // The separator goes on after a blank.
            int record = beam.blankRecord[from];
            next.tokenRecord[to] = history.previous[record];
            next.tokenStart[to] = history.start[record];
            next.tokenPeak[to] = Math.max(history.peak[record], probability);
        } else {
            next.tokenRecord[to] = beam.tokenRecord[from];
            next.tokenStart[to] = beam.tokenStart[from];
            next.tokenPeak[to] = Math.max(beam.tokenPeak[from], probability);
        }
    }

    /** Returns whether a prefix's best path ends in its last token. */
    private boolean endsInToken(int index) {
        return beam.bestToken[index] > beam.bestBlank[index]
                || beam.blankRecord[index] == AlignmentHistory.NONE;
    }

    private double tokenProbability(int node) {
        return node == PrefixTree.ROOT ? 0 : frame.probabilities[tree.token[node]];
    }

    /** Records that the last token of a prefix's best path has ended before this frame. */
    private int closeToken(int index) {
        return beam.node[index] == PrefixTree.ROOT
                ? AlignmentHistory.NONE
                : history.add(
                        beam.tokenRecord[index],
                        beam.tokenStart[index],
                        frames,
                        beam.tokenPeak[index]);
    }

    private static double withoutSubnormals(double probability) {
        return probability < NEGLIGIBLE ? 0 : probability;
    }

    private void swapBeams() {
        Beam last = beam;
        beam = next;
        next = last;
    }

    /** The paths have a scale of their own, since one of many becomes ever less likely. */
    private void rescale(double best, double bestPath) {
        if (best < RESCALE_BELOW || best > RESCALE_ABOVE) {
            int power = Math.getExponent(best);
            beam.multiplyTotals(Math.scalb(1.0, -power));
            exponent += power;
        }
        if (bestPath < RESCALE_BELOW || bestPath > RESCALE_ABOVE) {
            beam.multiplyPaths(Math.scalb(1.0, -Math.getExponent(bestPath)));
        }
    }

    private void tidy() {
        if (tree.size() > tidyTreeAbove) {
            tree.retain(beam.node, beam.size);
            tidyTreeAbove = Math.max(TIDY_ABOVE, 2 * tree.size());
        }
        if (history.size() > tidyHistoryAbove) {
            history.retain(beam.blankRecord, beam.tokenRecord, beam.size);
            tidyHistoryAbove = Math.max(TIDY_ABOVE, 2 * history.size());
        }
    }

    /**
     * Returns what the search has found if the emissions end here, in no order: prefixes that the
     * lexicon lets end here, or if there are none {@link FinalPrefix#NOTHING}.
     */
    List<FinalPrefix> finish() {
        Map<Integer, FinalPrefix> complete = new HashMap<>();
        for (int i = 0; i < beam.size; i++) {
            tree.load(withoutSeparator(beam.node[i]), cursor);
            if (scorer.endWord(cursor)) {
                scorer.endSentence(cursor);
                FinalPrefix prefix = finalPrefix(i);
                complete.merge(prefix.node(), prefix, FinalPrefix::and);
            }
        }
        return complete.isEmpty() ? List.of(FinalPrefix.NOTHING) : List.copyOf(complete.values());
    }

    private FinalPrefix finalPrefix(int index) {
        int node = beam.node[index];
        int record = endsInToken(index) ? closeToken(index) : beam.blankRecord[index];
        // A path so far has the weight of its prefix, and will have that of the whole text.
        double change = cursor.logWeight - tree.logWeight(node);
        double acoustic =
                Math.log(beam.total(index)) + exponent * Math.log(2) - tree.logWeight(node);
        int lastToken = withoutSeparator(node);
        return new FinalPrefix(
                lastToken,
                lastToken == node ? record : history.previous[record],
                Math.log(beam.bestPath(index)) + change,
                acoustic,
                cursor.logWeight,
                cursor.languageModelScore);
    }

    private int withoutSeparator(int node) {
        return endsInSeparator(node) ? tree.parent[node] : node;
    }

    private boolean endsInSeparator(int node) {
        return tree.token[node] == frame.separator() && node != PrefixTree.ROOT;
    }

    /** Returns the node of the best prefix so far. */
    int bestNode() {
        int best = 0;
        for (int i = 1; i < beam.size; i++) {
            best = beam.total(i) > beam.total(best) ? i : best;
        }
        return beam.node[best];
    }

    /** Returns the node of the longest prefix that all prefixes of the beam begin with. */
    int commonNode() {
        int common = beam.node[0];
        for (int i = 1; i < beam.size; i++) {
            int node = beam.node[i];
            // Parents have lower numbers, so the higher of two different nodes is not the ancestor.
            while (node != common) {
                if (node > common) {
                    node = tree.parent[node];
                } else {
                    common = tree.parent[common];
                }
            }
        }
        return common;
    }

    int frames() {
        return frames;
    }

    PrefixTree tree() {
        return tree;
    }

    AlignmentHistory history() {
        return history;
    }
}
