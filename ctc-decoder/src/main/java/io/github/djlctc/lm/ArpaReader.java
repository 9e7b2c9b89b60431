package io.github.djlctc.lm;

import java.io.IOException;
import java.io.InputStream;
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

    /** Decimal numbers only: Java's own parser also accepts "1f" and "0x1p3". */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private static final String NEGATIVE_INFINITY = "-inf";
    private static final String UNKNOWN_IN_CAPITALS = "<UNK>";

    /** Positive log probabilities up to this are taken for 0, as rounding errors. */
    private static final float ROUNDING = 1e-5f;

    /** The log10 probability that KenLM gives unknown words in models without {@code <unk>}. */
    private static final float UNKNOWN_LOG_10 = -100;

    private final Path file;
    private final FieldReader reader;
    private final NGramTrieBuilder builder = new NGramTrieBuilder();
    private final List<String> vocabulary = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    /** The number of the line that lists each reserved word. */
    private final Map<String, Long> reservedLines = new HashMap<>();

    private final List<String> warnings = new ArrayList<>();

    private ArpaReader(Path file, InputStream stream) {
        this.file = file;
        this.reader = new FieldReader(file, stream);
    }

    /** Reads a model from a stream, which the caller closes. */
    static InMemoryNGramModel read(Path file, InputStream stream) throws IOException {
        return new ArpaReader(file, stream).read();
    }

    private InMemoryNGramModel read() throws IOException {
        skipProse();
        List<Long> counts = counts();
        for (int order = 1; order <= counts.size(); order++) {
            section(order, counts.size(), counts.get(order - 1));
        }
        if (!reader.line().equals("\\end\\")) {
            throw reader.problem(
                    reader.quotedLine()
                            + " should be \\end\\, since the header counts n-grams up to the order "
                            + counts.size());
        }
        // Read to the end to detect a damaged end of a gzip file.
        while (reader.nextLine()) {}
        return builder.build(counts.size(), vocabulary, ids, warnings);
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
    private void section(int order, int highest, long count) throws IOException {
        String header = "\\" + order + "-grams:";
        if (!reader.line().equals(header)) {
            if (count > 0) {
                throw reader.problem(reader.quotedLine() + " should be " + header);
            }
        } else {
            nGrams(order, highest, count);
        }
        if (order == 1) {
            addMissingUnknown();
        }
    }

    private void nGrams(int order, int highest, long count) throws IOException {
        int[] words = new int[order];
        long read = 0;
        nextLine();
        while (!reader.fieldStartsWith('\\')) {
            read++;
            if (read > count) {
                throw reader.problem(
                        "the header counts " + count + " " + order + "-grams, but here is another");
            }
            nGram(words, order == highest);
            nextLine();
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

    private void nGram(int[] words, boolean highest) throws LanguageModelFormatException {
        if (builder.isFull()) {
            throw reader.problem(
                    "so many n-grams do not fit in memory; make a KenLM binary of the model");
        }
        float log10 = logProbability();
        String unigram = null;
        for (int i = 0; i < words.length; i++) {
            if (!reader.nextField()) {
                throw reader.problem(
                        reader.quotedLine() + " has fewer words than a " + words.length + "-gram");
            }
            if (words.length == 1) {
                unigram = word();
            } else {
                words[i] = findWord();
            }
        }
        // The back-off weight of the highest order is never used.
        float backoff = backoff();
        if (reader.nextField()) {
            throw reader.problem(
                    reader.quotedLine() + " has more words than a " + words.length + "-gram");
        }
        if (unigram != null) {
            addUnigram(unigram, log10, highest ? 0 : backoff);
        } else if (!builder.add(words, log10, highest ? 0 : backoff)) {
            throw reader.problem("the n-gram in " + reader.quotedLine() + " occurs twice");
        }
    }

    /** Reads the current field as a log10 probability: at most 0, perhaps -infinity. */
    private float logProbability() throws LanguageModelFormatException {
        if (reader.field().equalsIgnoreCase(NEGATIVE_INFINITY)) {
            return Float.NEGATIVE_INFINITY;
        }
        float log10 = number();
        if (log10 > ROUNDING) {
            throw reader.problem(
                    "the log probability " + log10 + " is above 0; estimate the model anew");
        }
        return Math.min(log10, 0);
    }

    private float backoff() throws LanguageModelFormatException {
        return reader.nextField() ? number() : 0;
    }

    private float number() throws LanguageModelFormatException {
        String field = reader.field();
        float value = NUMBER.matcher(field).matches() ? Float.parseFloat(field) : Float.NaN;
        if (!Float.isFinite(value)) {
            throw reader.problem(
                    "in "
                            + reader.quotedLine()
                            + ", a number should stand where \""
                            + field
                            + "\" does");
        }
        return value;
    }

    private String word() throws LanguageModelFormatException {
        String word = reader.utf8Field();
        return word.equals(UNKNOWN_IN_CAPITALS) ? ReservedWords.UNKNOWN : word;
    }

    private void addUnigram(String word, float log10, float backoff)
            throws LanguageModelFormatException {
        int id = vocabulary.size();
        Integer earlier = ids.putIfAbsent(word, id);
        if (earlier == null) {
            vocabulary.add(word);
            builder.addUnigram(log10, backoff);
        } else if (ReservedWords.contains(word)) {
            replaceUnigram(word, earlier, log10, backoff);
        } else {
            throw reader.problem("the word \"" + word + "\" occurs twice");
        }
        if (ReservedWords.contains(word)) {
            reservedLines.put(word, reader.lineNumber());
        }
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

    private int findWord() throws LanguageModelFormatException {
        String word = reader.field();
        Integer id = ids.get(word.equals(UNKNOWN_IN_CAPITALS) ? ReservedWords.UNKNOWN : word);
        if (id == null) {
            throw reader.problem("the word \"" + word + "\" is not among the 1-grams");
        }
        return id;
    }

    private void addMissingUnknown() {
        if (ids.putIfAbsent(ReservedWords.UNKNOWN, vocabulary.size()) == null) {
            vocabulary.add(ReservedWords.UNKNOWN);
            builder.addUnigram(UNKNOWN_LOG_10, 0);
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
