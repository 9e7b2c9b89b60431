package io.github.djlctc.lm;

import io.github.djlctc.file.InputFile;
import io.github.djlctc.file.InsufficientMemoryException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A back-off n-gram model.
 *
 * <p>The probability of a word w after the words h is that of the n-gram "h w" if the model holds
 * it, or else the back-off weight of h (1 if the model does not hold h) times the probability of w
 * after h without its first word (Katz 1987, Estimation of probabilities from sparse data). Files
 * hold logarithms to the base 10; scores are natural logarithms.
 *
 * <p>A word that the model lacks has the probability of its {@code <unk>}, or 10<sup>-100</sup> if
 * there is none. Without {@code <s>}, sentences start in the empty context; without {@code </s>},
 * their end scores as an unknown word.
 *
 * <p>ARPA files are read into memory. KenLM binaries are mapped: they open at once, their pages are
 * shared by all processes, and only the vocabulary is copied to the heap. A mapping lasts until the
 * garbage collector finds the model unused, so there is nothing to close; the file must not be
 * changed or shortened until then.
 *
 * <p>Immutable and safe for use by many threads.
 */
public abstract sealed class NGramModel implements LanguageModel permits KenLMModel {

    /** Turns logarithms to the base 10 into natural ones. */
    static final double LN_10 = Math.log(10);

    private static final int BUFFER_SIZE = 1 << 16;

    /** So many words that what their scores depend on stays in the cache. */
    private static final int PREFETCHED = 64;

    /** The highest order; no model in use has one near it, so a larger one is a damaged file. */
    static final int MAX_ORDER = 64;

    private final int order;
    private final List<String> warnings;

    NGramModel(int order, List<String> warnings) {
        this.order = order;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a model: an ARPA file, plain or gzip, or a KenLM binary.
     *
     * <p>Lines before {@code \data\} in an ARPA file are ignored, back-off weights may be missing,
     * {@code <UNK>} is {@code <unk>}, a log probability may be {@code -inf}, and a context that a
     * pruned model lacks is put in with the probability the model gives it. Of two lines of {@code
     * </s>} the one with a probability of 1, a copy of the line of {@code <s>}, is left out; {@link
     * #warnings()} says so.
     *
     * <p>KenLM binaries are those of KenLM's version 5, little-endian: probing hash tables without
     * rest costs, and tries, plain, quantized or array-compressed. Of their weights those of single
     * words and the tables of quantized tries are checked now. The others are not read before they
     * are needed: a score that is no number, or positive infinity, is then an {@link
     * java.io.UncheckedIOException} that names the file.
     *
     * @param file the file
     * @return the model
     * @throws LanguageModelFormatException if the file is none of these, or damaged
     * @throws InsufficientMemoryException if an ARPA file does not fit into memory
     * @throws IOException if the file cannot be read
     */
    public static NGramModel read(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(InputFile.open(file), BUFFER_SIZE)) {
            stream.mark(KenLMHeader.MAGIC.length());
            byte[] start = stream.readNBytes(KenLMHeader.MAGIC.length());
            stream.reset();
            return KenLMHeader.begins(start)
                    ? KenLMModel.map(file)
                    : ArpaFile.read(file, stream).model();
        } catch (OutOfMemoryError e) {
            throw InsufficientMemoryException.of(file, e);
        }
    }

    /**
     * Returns the length of the longest n-grams.
     *
     * @return the order, 1 or more
     */
    public final int order() {
        return order;
    }

    /**
     * Returns the mistakes in the file that were corrected while reading.
     *
     * @return sentences for people, each with the file and the lines; as a rule none
     */
    public final List<String> warnings() {
        return warnings;
    }

    /**
     * Finds a word's id.
     *
     * @param word the word as the model spells it
     * @return its id, {@link #unknownWord()} if the model lacks it
     */
    public abstract int wordId(String word);

    /**
     * Scores a sentence word by word, with the figures of KenLM's query program.
     *
     * @param words the words of the sentence, as the model spells them, without {@code <s>} and
     *     {@code </s>}
     * @param boundary whether the sentence's start and end count
     * @return the probability of each word, and of {@code </s>} if it is scored
     */
    public final SentenceQuery query(List<String> words, SentenceBoundary boundary) {
        List<String> scored = new ArrayList<>(words);
        int[] state = new int[stateSize()];
        if (boundary == SentenceBoundary.SCORED) {
            scored.add(ReservedWords.SENTENCE_END);
            writeSentenceStart(state, 0);
        } else {
            writeEmptyContext(state, 0);
        }
        int[] ids = new int[scored.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = wordId(scored.get(i));
        }
        int[] matched = new int[1];
        List<WordProbability> result = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (i % PREFETCHED == 0) {
                prefetch(state, ids, i, Math.min(i + PREFETCHED, ids.length));
            }
            double logProbability = score(state, 0, ids[i], state, 0, matched);
            result.add(
                    new WordProbability(
                            scored.get(i), ids[i] != unknownWord(), matched[0], logProbability));
        }
        return new SentenceQuery(result);
    }

    /**
     * Brings into the cache what the scores of some words depend on, so that the processor waits
     * for all of it at once.
     *
     * @param state the state before the first of them
     * @param words the ids of words that follow each other
     * @param from the index of the first word
     * @param to the index after the last one
     */
    abstract void prefetch(int[] state, int[] words, int from, int to);

    /**
     * Scores a word as the other method does.
     *
     * @param matched receives the length of the n-gram that gives the word's probability, before
     *     backing off
     */
    abstract double score(int[] states, int at, int word, int[] next, int nextAt, int[] matched);
}
