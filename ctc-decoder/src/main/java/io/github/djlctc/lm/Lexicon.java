package io.github.djlctc.lm;

import io.github.djlctc.text.Whitespace;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The words that a decoder may choose from.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @serial exclude
 */
public final class Lexicon implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient List<String> words;
    private final transient List<Spelling> spellings;
    private final transient Path file;

    /** The file is null if there is none. */
    Lexicon(Set<String> words, List<Spelling> spellings, Path file) {
        this.words = List.copyOf(words);
        this.spellings = List.copyOf(spellings);
        this.file = file;
    }

    /**
     * Creates a lexicon.
     *
     * @param words the words; one that occurs again is left out
     * @return the lexicon
     * @throws IllegalArgumentException if there is no word, or one is empty or holds whitespace
     */
    public static Lexicon of(Collection<String> words) {
        Objects.requireNonNull(words, "words");
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no words; a lexicon needs at least one");
        }
        words.forEach(Lexicon::checkWord);
        return new Lexicon(new LinkedHashSet<>(words), List.of(), null);
    }

    /**
     * Creates a lexicon of words that are spelled otherwise than by their letters, or in several
     * ways.
     *
     * @param spellings the words, each with the tokens that spell it; a word may occur again with
     *     others
     * @return the lexicon
     * @throws IllegalArgumentException if there is none, or a word is empty or holds whitespace, or
     *     has no tokens
     */
    public static Lexicon ofSpellings(Collection<Spelling> spellings) {
        Objects.requireNonNull(spellings, "spellings");
        if (spellings.isEmpty()) {
            throw new IllegalArgumentException("no spellings; a lexicon needs at least one");
        }
        for (Spelling spelling : spellings) {
            checkWord(spelling.word());
            if (spelling.tokens().isEmpty()) {
                throw new IllegalArgumentException(
                        "the word \"" + spelling.word() + "\" has no spelling; give its tokens");
            }
        }
        return ofSpellings(spellings, null);
    }

    static Lexicon ofSpellings(Collection<Spelling> spellings, Path file) {
        Set<String> words = new LinkedHashSet<>();
        spellings.forEach(spelling -> words.add(spelling.word()));
        return new Lexicon(words, List.copyOf(spellings), file);
    }

    private static void checkWord(String word) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException("an empty word; leave it out");
        }
        if (word.codePoints().anyMatch(Whitespace::contains)) {
            throw new IllegalArgumentException(
                    "the word \"" + word + "\" holds whitespace; give single words");
        }
    }

    /**
     * Reads the words of a file, which has one of two forms.
     *
     * <p>A word list or any text: the words are what whitespace sets apart, and the alphabet spells
     * them.
     *
     * <p>A lexicon, as flashlight's decoder, CMUdict or Kaldi have it: on each line a word, and the
     * tokens that spell it, set apart by spaces, with the word delimiter behind them or without. A
     * file is taken for one if the only tab of nearly every line stands behind its first word, or
     * if the lines spell their first word by its letters, or if nearly every line has several
     * columns of which the first is unlike the others: these are short, many of one letter, and
     * seldom found in the first. A word such as {@code TOMATO(2)} is {@code TOMATO} again, if that
     * is there too; what follows {@code ;;;} at the start of a line, or a {@code #} behind the
     * word, is a comment. {@link #spellings} has what was read.
     *
     * @param file UTF-8, plain or gzip; up to 10 million different words, of up to 65,536
     *     characters
     * @return the lexicon
     * @throws NotALexiconException if the file is a language model
     * @throws LanguageModelFormatException if the file is not UTF-8 text, holds no word, or too
     *     much, or most of its lines spell their word and one does not, or some lines of a word
     *     list have a tab and more, or numbers stand where spellings should
     * @throws IOException if the file cannot be read
     */
    public static Lexicon read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        return WordFile.read(file);
    }

    /**
     * Takes the words that a language model knows, without {@code <s>}, {@code </s>} and {@code
     * <unk>}.
     *
     * @param model the model
     * @return the lexicon
     * @throws IllegalArgumentException if the model knows no word, or one holds whitespace
     */
    public static Lexicon of(LanguageModel model) {
        Objects.requireNonNull(model, "model");
        return of(model.words());
    }

    /**
     * Returns the words.
     *
     * @return an immutable list without repetitions
     */
    public List<String> words() {
        return words;
    }

    /**
     * Returns how the words are spelled.
     *
     * @return an immutable list, empty if the alphabet spells them
     */
    public List<Spelling> spellings() {
        return spellings;
    }

    /**
     * Finds different words with the same spelling, which a search cannot tell apart.
     *
     * @return for each such spelling those of its words, the first of each; empty as a rule
     */
    public List<List<Spelling>> spelledAlike() {
        Map<List<String>, Map<String, Spelling>> words = new LinkedHashMap<>();
        for (Spelling spelling : spellings) {
            words.computeIfAbsent(spelling.withoutDelimiter(), tokens -> new LinkedHashMap<>())
                    .putIfAbsent(spelling.word(), spelling);
        }
        return words.values().stream()
                .filter(group -> group.size() > 1)
                .map(group -> List.copyOf(group.values()))
                .toList();
    }

    /**
     * Returns the file that the lexicon was read from.
     *
     * @return the file, or nothing
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    private Object writeReplace() {
        return new Serialized(words, spellings, file == null ? null : file.toString());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a lexicon is serialised as words and spellings");
    }

    /** What is serialised of a lexicon. */
    private record Serialized(List<String> words, List<Spelling> spellings, String file)
            implements Serializable {

        private Object readResolve() {
            return new Lexicon(
                    new LinkedHashSet<>(words), spellings, file == null ? null : Path.of(file));
        }
    }
}
