package io.github.djlctc.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens that all paths of a search begin with, in the same frames. They take 20 bytes each,
 * and their text, once it is asked for, as much as its characters.
 */
final class StableTokens {

    /** Blocks, so that growing copies nothing and takes no room twice. */
    private static final int BLOCK = 1024;

    private final TokenTexts texts;
    private final List<Block> blocks = new ArrayList<>();
    private int size;

    /** Whether the tokens end within a word. */
    private boolean inWord;

    /** See {@link #cut()}. */
    private int cut;

    /** The text of the first {@link #readTokens} tokens. */
    private final StringBuilder read = new StringBuilder();

    private int readTokens;

    StableTokens(TokenTexts texts) {
        this.texts = texts;
    }

    void clear() {
        blocks.clear();
        size = 0;
        inWord = false;
        cut = 0;
        read.setLength(0);
        readTokens = 0;
    }

    int size() {
        return size;
    }

    /**
     * Returns how many tokens come before the last place that is between words: what comes after
     * them reads as if it were a text of its own. Where words are joined, that is all but the last
     * token, so that no text after it is empty.
     */
    int cut() {
        return cut;
    }

    int id(int index) {
        return block(index).ids[index % BLOCK];
    }

    int start(int index) {
        return block(index).starts[index % BLOCK];
    }

    int end(int index) {
        return block(index).ends[index % BLOCK];
    }

    double peak(int index) {
        return block(index).peaks[index % BLOCK];
    }

    private Block block(int index) {
        return blocks.get(index / BLOCK);
    }

    /** Makes room for more tokens, each of which is {@link #set} then. */
    void extend(int count) {
        size += count;
        while (blocks.size() * BLOCK < size) {
            blocks.add(new Block());
        }
    }

    void set(int index, int id, int start, int end, double peak) {
        Block block = block(index);
        block.ids[index % BLOCK] = id;
        block.starts[index % BLOCK] = start;
        block.ends[index % BLOCK] = end;
        block.peaks[index % BLOCK] = peak;
    }

    /** Finds the cut, after tokens from an index on were set. */
    void findCut(int from) {
        if (texts.joinWords()) {
            // A text that is one word of the lexicon is written as that: nothing tells before.
            cut = texts.areCodes() ? 0 : Math.max(0, size - 1);
            return;
        }
        for (int i = from; i < size; i++) {
            char[] text = texts.of(id(i));
            if (text.length > 0) {
                if (!inWord || text[0] == ' ') {
                    cut = i;
                }
                inWord = text[text.length - 1] != ' ';
            }
        }
        cut = inWord ? cut : size;
    }

    /** Returns the text of the tokens before the {@link #cut()}. */
    String textBeforeCut() {
        if (readTokens < cut) {
            for (String word : texts.words(ids(readTokens, cut))) {
                if (!read.isEmpty() && !texts.joinWords()) {
                    read.append(' ');
                }
                read.append(word);
            }
            readTokens = cut;
        }
        return read.toString();
    }

    /** Returns how many words there are before the {@link #cut()}. */
    int wordsBeforeCut() {
        return texts.joinWords() ? 0 : texts.words(ids(0, cut)).size();
    }

    private int[] ids(int from, int to) {
        int[] ids = new int[to - from];
        for (int i = from; i < to; i++) {
            ids[i - from] = id(i);
        }
        return ids;
    }

    /** Forgets the tokens before the {@link #cut()}. */
    void removeBeforeCut() {
        StableTokens rest = new StableTokens(texts);
        rest.extend(size - cut);
        for (int i = cut; i < size; i++) {
            rest.set(i - cut, id(i), start(i), end(i), peak(i));
        }
        blocks.clear();
        blocks.addAll(rest.blocks);
        size -= cut;
        cut = 0;
        read.setLength(0);
        read.trimToSize();
        readTokens = 0;
    }

    /** Some tokens. */
    private static final class Block {

        private final int[] ids = new int[BLOCK];
        private final int[] starts = new int[BLOCK];
        private final int[] ends = new int[BLOCK];
        private final double[] peaks = new double[BLOCK];
    }
}
