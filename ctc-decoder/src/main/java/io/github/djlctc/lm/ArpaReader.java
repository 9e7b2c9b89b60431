package io.github.djlctc.lm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a model in the ARPA format. */
final class ArpaReader {

    private static final Pattern COUNT = Pattern.compile("ngram\\s*(\\d{1,9})\\s*=\\s*(\\d{1,18})");

    private static final String NEGATIVE_INFINITY = "-inf";

    private static final long UNKNOWN = ProbingVocabularyBuilder.hash(ReservedWords.UNKNOWN);
    private static final long UNKNOWN_IN_CAPITALS = ProbingVocabularyBuilder.hash("<UNK>");

    /** Positive log probabilities up to this are taken for 0, as rounding errors. */
    private static final float ROUNDING = 1e-5f;

    /** The log10 probability that KenLM gives unknown words in models without {@code <unk>}. */
    private static final float UNKNOWN_LOG_10 = -100;

    /** The most n-grams of a length to make room for in advance in a stream of unknown size. */
    private static final long MAX_UNKNOWN = 1 << 16;

    private final Path file;
    private final FieldReader reader;
    private final long size;
    private final BinaryListener listener;
    private ProbingModelBuilder builder;

    // The hashes and the ids of the last words at each place of n-grams: neighbours share words.
    private final long[] lastHashes = new long[NGramModel.MAX_ORDER];
    private final int[] lastWords = new int[NGramModel.MAX_ORDER];

    /** The number of the line that lists each reserved word. */
    private final Map<String, Long> reservedLines = new HashMap<>();

    private final List<String> warnings = new ArrayList<>();

    private ArpaReader(Path file, InputStream stream, long size, BinaryListener listener) {
        this.file = file;
        this.reader = new FieldReader(file, stream);
        this.size = size;
        this.listener = listener;
    }

    /**
     * Reads a model from a stream, which the caller closes.
     *
     * @param size the number of bytes of the stream, or more, or 0 if it is unknown
     * @param recording whether to keep the words of all n-grams
     * @param listener is told of the n-grams that are read
     */
    static ArpaContents read(
            Path file, InputStream stream, long size, boolean recording, BinaryListener listener)
            throws IOException {
        return new ArpaReader(file, stream, size, listener).read(recording);
    }

    private ArpaContents read(boolean recording) throws IOException {
        skipProse();
        List<Long> counts = counts();
        long total = counts.stream().mapToLong(Long::longValue).sum();
        NGramProgress progress = new NGramProgress(listener, BinaryStep.READING, total);
        builder = new ProbingModelBuilder(counts.size(), expected(1, counts.get(0)));
        if (recording) {
            builder.recordNGrams();
        }
        for (int order = 1; order <= counts.size(); order++) {
            section(order, counts.size(), counts.get(order - 1), progress);
        }
        if (!reader.line().equals("\\end\\")) {
            throw reader.problem(
                    reader.quotedLine()
                            + " should be \\end\\, since the header counts n-grams up to the order "
                            + counts.size());
        }
        // Read to the end to detect a damaged end of a gzip file.
        while (reader.nextLine()) {}
        builder.finish(counts);
        return new ArpaContents(file, builder, counts, warnings);
    }

    /** Returns how many n-grams to make room for, which are no more than the file can hold. */
    private long expected(int order, long count) {
        long shortestLine = 2L * order + 2;
        long most = size == 0 ? MAX_UNKNOWN : (size - reader.position()) / shortestLine + 1;
        return Math.min(count, Math.max(most, 1));
    }

    private void skipProse() throws IOException {
        do {
            if (!reader.nextLine()) {
                throw new LanguageModelFormatException(
                        file,
                        "there is no line \\data\\ in it; a language model must be an ARPA"
                                + " file, plain or gzip, or an uncompressed KenLM binary");
            }
        } while (!reader.line().equals("\\data\\") && !reader.line().equals("\ufeff\\data\\"));
    }

    /** Reads the counts and goes to the line after them. */
    private List<Long> counts() throws IOException {
        List<Long> counts = new ArrayList<>();
        nextLine();
        for (String line = reader.line(); !line.startsWith("\\"); line = reader.line()) {
            Matcher matcher = COUNT.matcher(line);
            if (!matcher.matches()) {
                throw reader.problem(
                        reader.quotedLine() + " should be a count such as \"ngram 1=5000\"");
            }
            int order = Integer.parseInt(matcher.group(1));
            if (order != counts.size() + 1) {
                throw reader.problem(
                        "the count of "
                                + order
                                + "-grams stands where that of "
                                + (counts.size() + 1)
                                + "-grams should");
            }
            if (order > NGramModel.MAX_ORDER) {
                throw reader.problem("orders above " + NGramModel.MAX_ORDER + " are not supported");
            }
            counts.add(Long.parseLong(matcher.group(2)));
            nextLine();
        }
        if (counts.isEmpty()) {
            throw reader.problem("the header counts no n-grams; it needs a line \"ngram 1=...\"");
        }
        return counts;
    }

    /** Reads the n-grams of one length and goes to the line after them. */
    private void section(int order, int highest, long count, NGramProgress progress)
            throws IOException {
        String header = "\\" + order + "-grams:";
        if (order > 1) {
            builder.start(order, expected(order, count));
        }
        if (!reader.line().equals(header)) {
            if (count > 0) {
                throw reader.problem(reader.quotedLine() + " should be " + header);
            }
        } else {
            nGrams(order, highest, count, progress);
            progress.finish();
        }
        if (order == 1) {
            addMissingUnknown();
        }
    }

    private void nGrams(int order, int highest, long count, NGramProgress progress)
            throws IOException {
        NGramBatch batch = new NGramBatch(order);
        long read = 0;
        nextLine();
        while (!reader.fieldStartsWith('\\')) {
            read++;
            if (read > count) {
                throw reader.problem(
                        "the header counts " + count + " " + order + "-grams, but here is another");
            }
            if (order == 1) {
                unigram(highest == 1);
            } else {
                nGram(batch, order == highest);
            }
            progress.step();
            nextLine();
        }
        if (batch.size() > 0) {
            flush(batch);
        }
        if (read < count) {
            throw reader.problem(
                    "the header counts "
                            + count
                            + " "
                            + order
                            + "-grams, but the section before this line has "
                            + read);
        }
    }

    private void nGram(NGramBatch batch, boolean highest) throws LanguageModelFormatException {
        int order = batch.length();
        float log10 = logProbability();
        for (int i = order - 1; i >= 0; i--) {
            nextWord(order);
            batch.setWord(i, findWord(i));
        }
        // The back-off weight of the highest order is never used.
        float backoff = backoff(order);
        batch.add(log10, highest ? 0 : backoff, reader.lineNumber());
        if (batch.isFull()) {
            flush(batch);
        }
    }

    private void flush(NGramBatch batch) throws LanguageModelFormatException {
        int twice = builder.add(batch);
        if (twice >= 0) {
            throw new LanguageModelFormatException(
                    file,
                    batch.line(twice),
                    "the n-gram \"" + builder.text(batch, twice) + "\" occurs twice");
        }
        batch.clear();
    }

    private void unigram(boolean highest) throws LanguageModelFormatException {
        if (builder.isFull()) {
            throw reader.problem("so many words are not supported");
        }
        float log10 = logProbability();
        nextWord(1);
        long hash = reader.fieldHash();
        byte[] word = reader.utf8Bytes();
        float backoff = backoff(1);
        addUnigram(hash, word, log10, highest ? 0 : backoff);
    }

    private void nextWord(int order) throws LanguageModelFormatException {
        if (!reader.nextField()) {
            throw reader.problem(
                    reader.quotedLine() + " has fewer words than a " + order + "-gram");
        }
    }

    /** Reads the current field as a log10 probability: at most 0, perhaps -infinity. */
    private float logProbability() throws LanguageModelFormatException {
        float log10 = reader.fieldNumber();
        if (!Float.isFinite(log10)) {
            if (reader.field().equalsIgnoreCase(NEGATIVE_INFINITY)) {
                return Float.NEGATIVE_INFINITY;
            }
            throw notANumber();
        }
        if (log10 > ROUNDING) {
            throw reader.problem(
                    "the log probability " + log10 + " is above 0; estimate the model anew");
        }
        return Math.min(log10, 0);
    }

    /** Reads the rest of a line: a back-off weight or nothing. */
    private float backoff(int order) throws LanguageModelFormatException {
        if (!reader.nextField()) {
            return 0;
        }
        float backoff = reader.fieldNumber();
        if (!Float.isFinite(backoff)) {
            throw notANumber();
        }
        if (reader.nextField()) {
            throw reader.problem(reader.quotedLine() + " has more words than a " + order + "-gram");
        }
        return backoff;
    }

    private LanguageModelFormatException notANumber() {
        return reader.problem(
                "in "
                        + reader.quotedLine()
                        + ", a number should stand where \""
                        + reader.field()
                        + "\" does");
    }

    private static boolean isUnknown(long hash) {
        return hash == UNKNOWN || hash == UNKNOWN_IN_CAPITALS;
    }

    private void addUnigram(long hash, byte[] word, float log10, float backoff)
            throws LanguageModelFormatException {
        String text = new String(word, StandardCharsets.UTF_8);
        boolean reserved = isUnknown(hash) || ReservedWords.contains(text);
        String name = isUnknown(hash) ? ReservedWords.UNKNOWN : text;
        int earlier = builder.vocabulary().find(hash);
        if (earlier != KenLMVocabulary.UNKNOWN || (isUnknown(hash) && unknownIsListed())) {
            if (!reserved) {
                throw reader.problem("the word \"" + text + "\" occurs twice");
            }
            replaceUnigram(name, earlier, log10, backoff);
        } else if (isUnknown(hash)) {
            builder.setUnigram(KenLMVocabulary.UNKNOWN, log10, backoff);
        } else {
            builder.addUnigram(hash, word, log10, backoff);
        }
        if (reserved) {
            reservedLines.put(name, reader.lineNumber());
        }
    }

    private boolean unknownIsListed() {
        return reservedLines.containsKey(ReservedWords.UNKNOWN);
    }

    /**
     * Decides between two lines of a reserved word. A common recipe adds a copy of the line of
     * {@code <s>} named {@code </s>}, which shows by its probability of 1, to the line of {@code
     * </s>}.
     */
    private void replaceUnigram(String word, int id, float log10, float backoff) {
        boolean replaces = builder.unigramLogProbability(id) == 0;
        if (replaces) {
            builder.setUnigram(id, log10, backoff);
        }
        long first = reservedLines.get(word);
        long second = reader.lineNumber();
        warnings.add(
                "%s: %s is listed twice, in line %d and in line %d; line %d is used. Remove the other"
                        .formatted(file, word, first, second, replaces ? second : first));
    }

    /** Returns the id of the current field, which is a word at some place of an n-gram. */
    private int findWord(int place) throws LanguageModelFormatException {
        long hash = reader.fieldHash();
        if (hash != lastHashes[place]) {
            int id = builder.vocabulary().find(hash);
            if (id == KenLMVocabulary.UNKNOWN && !isUnknown(hash)) {
                throw reader.problem(
                        "the word \"" + reader.field() + "\" is not among the 1-grams");
            }
            lastHashes[place] = hash;
            lastWords[place] = id;
        }
        return lastWords[place];
    }

    private void addMissingUnknown() {
        if (!unknownIsListed()) {
            builder.setUnigram(KenLMVocabulary.UNKNOWN, UNKNOWN_LOG_10, 0);
        }
    }

    /** Goes to the first field of the next line that is not blank. */
    private void nextLine() throws IOException {
        do {
            if (!reader.nextLine()) {
                throw reader.problem(
                        "the file ends after this line, before \\end\\; it is cut off");
            }
        } while (!reader.nextField());
    }
}
