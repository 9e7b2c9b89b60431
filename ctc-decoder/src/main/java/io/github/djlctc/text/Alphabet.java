package io.github.djlctc.text;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The classes of a CTC model: which token each class id stands for, and which one is the blank.
 *
 * <p>Ids run from 0 to {@code size() - 1}, the blank among them, so a model needs {@link #size()}
 * outputs. Tokens are characters, or subwords in one of two {@link SubwordStyle styles}. Between
 * words stands the word delimiter, if the alphabet has one.
 *
 * <p>The blank and the special tokens {@code <s>}, {@code </s>}, {@code <unk>}, {@code <pad>},
 * {@code <mask>}, {@code [UNK]}, {@code [PAD]}, {@code [CLS]}, {@code [SEP]} and {@code [MASK]},
 * and those that are {@linkplain Builder#optSpecialTokens set}, are classes without text: {@link
 * #encode} never gives them, even if a text holds their letters, and {@link #decode} leaves them
 * out.
 *
 * <p>Immutable and safe for use by many threads. Serialised as {@link #toJson}.
 *
 * @serial exclude
 */
public final class Alphabet implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient TokenIndex index;
    private final transient int blank;
    private final transient int wordDelimiter;
    private final transient TextForm form;
    private final transient SubwordStyle subwords;
    private final transient TextClasses textClasses;
    private final transient ClassTexts texts;

    private Alphabet(Builder builder) {
        index = new TokenIndex(builder.tokens);
        blank = builder.blank;
        if (!index.contains(blank)) {
            throw new IllegalArgumentException(
                    "the blank " + blank + " is not an id of the alphabet: 0.." + index.lastId());
        }
        form = new TextForm(builder.letterCase, builder.normalization);
        subwords = builder.subwords;
        textClasses = new TextClasses(index, blank, builder.specialTokens.within(index.tokens()));
        wordDelimiter = builder.wordDelimiterRule.find(index, textClasses, subwords);
        texts = new ClassTexts(index, textClasses, wordDelimiter, subwords);
    }

    /**
     * Creates a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates the alphabet of a blank, named {@code <blank>}, with id 0, and characters with the
     * ids from 1.
     *
     * <p>A space among the characters is the word delimiter, and without one {@code |} is.
     *
     * @param characters the characters (Unicode code points) in the order of their ids
     * @return the alphabet
     * @throws IllegalArgumentException if there is no character, or one occurs twice
     */
    public static Alphabet ofCharacters(String characters) {
        Objects.requireNonNull(characters, "characters");
        List<String> tokens = new ArrayList<>();
        tokens.add("<blank>");
        characters.codePoints().mapToObj(Character::toString).forEach(tokens::add);
        return builder().setTokens(tokens).build();
    }

    /**
     * Reads the classes of a model from a file whose content tells its {@linkplain VocabularyFormat
     * format}: what {@link #write} wrote, a token a line, tokens with their ids, {@code
     * vocab.json}, {@code tokenizer.json}, or SentencePiece's {@code .vocab}. A byte order mark and
     * carriage returns at line ends are skipped.
     *
     * <p>Tokens such as {@code <unk>}, {@code <UNK>}, {@code <s>}, {@code <sos/eos>}, {@code
     * [UNK]}, {@code <|en|>} and {@code <SPECIAL_1>} are classes without text, in tokens with ids
     * also {@code #0}. The word delimiter follows the rule of {@link Builder#optWordDelimiter}, or
     * is U+2581 (▁) if no other token has that mark; if others have it, or {@code ##}, tokens are
     * {@linkplain SubwordStyle#of subwords}. Other settings are in files of {@link #write} alone:
     * use {@link #toBuilder}.
     *
     * @param file UTF-8, at most 64 MiB
     * @return the alphabet
     * @throws AlphabetFormatException if the file is too large, is not UTF-8, is damaged, or does
     *     not tell which class is the blank; the message says what to do
     * @throws IOException if the file cannot be read
     */
    public static Alphabet read(Path file) throws IOException {
        return VocabularyFile.read(Objects.requireNonNull(file, "file"));
    }

    /**
     * Reads the classes of a model from a file of a format that its content does not tell, such as
     * {@link VocabularyFormat#PADDLEOCR} and {@link VocabularyFormat#NEMO}, or that is to be made
     * sure of.
     *
     * @param file UTF-8, at most 64 MiB
     * @param format the format
     * @return the alphabet
     * @throws AlphabetFormatException as for {@link #read(Path)}, and if the file looks like
     *     another format, which the message names
     * @throws IOException if the file cannot be read
     */
    public static Alphabet read(Path file, VocabularyFormat format) throws IOException {
        return VocabularyFile.read(
                Objects.requireNonNull(file, "file"),
                Objects.requireNonNull(format, "format"),
                null);
    }

    /**
     * Reads the classes of a model from a file that does not tell which one is the blank, or tells
     * another.
     *
     * @param file UTF-8, at most 64 MiB
     * @param format the format; {@link VocabularyFormat#of} recognises it
     * @param blank the blank: a class id, if it is a number, or else a token
     * @return the alphabet
     * @throws AlphabetFormatException as for {@link #read(Path, VocabularyFormat)}, and if there is
     *     no such token or id
     * @throws IOException if the file cannot be read
     */
    public static Alphabet read(Path file, VocabularyFormat format, String blank)
            throws IOException {
        return VocabularyFile.read(
                Objects.requireNonNull(file, "file"),
                Objects.requireNonNull(format, "format"),
                Objects.requireNonNull(blank, "blank"));
    }

    /**
     * Writes everything of this alphabet, for {@link #read(Path)}: a plain list of the tokens, or
     * tokens with their ids, if that tells all of it; else, and if the name of the file ends in
     * {@code .json}, what {@link #toJson} gives.
     *
     * @param file the file to create or replace
     * @throws AlphabetFormatException if a token is not valid Unicode
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        AlphabetWriter.write(this, Objects.requireNonNull(file, "file"));
    }

    /**
     * Returns everything of this alphabet as a JSON object, to keep with a model.
     *
     * @return the object, for {@link #ofJson}
     */
    public String toJson() {
        return AlphabetJson.write(this, textClasses.special(), form, subwords);
    }

    /**
     * Makes an alphabet of what {@link #toJson} gave.
     *
     * @param json the object
     * @return an alphabet equal to the one that gave it
     * @throws IllegalArgumentException if it is no such object
     */
    public static Alphabet ofJson(String json) {
        Objects.requireNonNull(json, "json");
        return AlphabetJson.read(json);
    }

    /**
     * Returns a builder that holds everything of this alphabet, to change some of it.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder =
                builder()
                        .setTokens(tokens())
                        .optBlank(blank)
                        .optLetterCase(form.letterCase())
                        .optSubwords(subwords);
        builder.normalization = form.normalization();
        builder.wordDelimiterRule = wordDelimiterRule();
        builder.specialTokens = textClasses.special();
        return builder;
    }

    /** Returns the rule by which this word delimiter is found again. */
    private WordDelimiterRule wordDelimiterRule() {
        if (wordDelimiter == WordDelimiterRule.USUAL.find(index, textClasses, subwords)) {
            return WordDelimiterRule.USUAL;
        }
        return wordDelimiter == TokenIndex.NONE
                ? WordDelimiterRule.ABSENT
                : WordDelimiterRule.named(index.token(wordDelimiter));
    }

    /**
     * Leaves out the disambiguation symbols at the end, such as {@code #0}, which k2's {@code
     * tokens.txt} lists for its graphs, and for which models have no outputs.
     *
     * @return the alphabet without them; this one if it ends in none, or in such tokens with a text
     */
    public Alphabet withoutDisambiguationSymbols() {
        int size = size();
        while (size > 2
                && texts.of(size - 1).isEmpty()
                && SpecialTokens.isDisambiguation(token(size - 1))) {
            size--;
        }
        boolean none = size == size() || blank >= size;
        return none ? this : toBuilder().setTokens(tokens().subList(0, size)).build();
    }

    /**
     * Returns the number of classes, the blank included.
     *
     * @return the number of classes, at least 2
     */
    public int size() {
        return index.size();
    }

    /**
     * Returns the class id of the blank.
     *
     * @return the id
     */
    public int blank() {
        return blank;
    }

    /**
     * Returns the class id of the token between words.
     *
     * @return the id, or nothing if words are not told apart, or by subwords
     */
    public OptionalInt wordDelimiter() {
        return wordDelimiter == TokenIndex.NONE
                ? OptionalInt.empty()
                : OptionalInt.of(wordDelimiter);
    }

    /**
     * Returns how tokens show where words begin.
     *
     * @return the style
     */
    public SubwordStyle subwords() {
        return subwords;
    }

    /**
     * Tells whether words follow each other with nothing between them: the text of no token holds a
     * space, as that of a word delimiter or of a subword that starts a word does, and there are
     * characters of a script that is written without spaces, such as Chinese, Japanese and Thai.
     *
     * <p>Without word delimiter and subwords, texts of other scripts are a single word each.
     *
     * @return whether words are joined, so that texts do not show where they begin
     */
    public boolean joinsWords() {
        return textCharacters().noneMatch(Whitespace::contains)
                && textCharacters().anyMatch(UnspacedScripts::contain);
    }

    private IntStream textCharacters() {
        return IntStream.range(0, size()).mapToObj(this::text).flatMapToInt(String::codePoints);
    }

    /**
     * Returns the token of a class.
     *
     * @param id the class id
     * @return the token as the alphabet spells it
     * @throws IllegalArgumentException if the alphabet has no such id
     */
    public String token(int id) {
        if (!index.contains(id)) {
            throw new IllegalArgumentException(
                    "id " + id + " is not in the alphabet, whose ids are 0.." + index.lastId());
        }
        return index.token(id);
    }

    /**
     * Returns all tokens in the order of their ids, the blank included.
     *
     * @return an immutable list
     */
    public List<String> tokens() {
        return index.tokens();
    }

    /**
     * Looks up a token.
     *
     * @param token the token as the alphabet spells it
     * @return its class id, or nothing if the alphabet lacks it
     */
    public OptionalInt indexOf(String token) {
        Objects.requireNonNull(token, "token");
        int id = index.id(token);
        return id == TokenIndex.NONE ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * Returns the text that a token adds when ids are decoded.
     *
     * <p>That is a space for the word delimiter, nothing for the blank and the special tokens, and
     * the token without its mark for subwords, after a space if it starts a word.
     *
     * @param id the class id
     * @return the text, empty or with a space where a word starts
     * @throws IllegalArgumentException if the alphabet has no such id
     */
    public String text(int id) {
        token(id);
        return texts.of(id);
    }

    /**
     * Brings a text into the form that is encoded: Unicode normalisation and letter case as set,
     * and one space (U+0020) for each run of whitespace, none at the ends.
     *
     * @param text any text
     * @return the text that {@link #encode} sees
     */
    public String normalize(String text) {
        Objects.requireNonNull(text, "text");
        return form.apply(text);
    }

    /**
     * Finds the class ids of a text.
     *
     * <p>The text is {@link #normalize normalised}, then from left to right the longest token that
     * fits is taken. For subwords this may cut words elsewhere than the tokenizer which made them;
     * a model that was trained on that tokenizer's pieces should be trained further with its ids.
     *
     * @param text any text
     * @return the ids; never the blank or a special token
     * @throws UnknownCharacterException if the alphabet does not cover the text
     */
    public int[] encode(String text) {
        Objects.requireNonNull(text, "text");
        String normalized = normalize(text);
        List<UnknownCharacter> unknown = new ArrayList<>();
        int[] encoded = texts.segmenter().segment(normalized, unknown);
        if (!unknown.isEmpty()) {
            throw new UnknownCharacterException(normalized, unknown);
        }
        return encoded;
    }

    /**
     * Finds the characters of a text that keep it from being encoded.
     *
     * @param text any text
     * @return all occurrences in the order of the text; empty if {@link #encode} takes the text
     */
    public List<UnknownCharacter> unknownCharacters(String text) {
        Objects.requireNonNull(text, "text");
        List<UnknownCharacter> unknown = new ArrayList<>();
        texts.segmenter().segment(normalize(text), unknown);
        return List.copyOf(unknown);
    }

    /**
     * Returns the text of class ids.
     *
     * <p>Repeated ids are repeated in the text: a path over frames must be collapsed before. Blanks
     * and special tokens add nothing, and words are apart by one space, however many delimiters
     * stand between them.
     *
     * @param ids class ids
     * @return the text; for {@code encode(text)} it is {@code normalize(text)}
     * @throws IllegalArgumentException if the alphabet lacks one of the ids
     */
    public String decode(int[] ids) {
        Objects.requireNonNull(ids, "ids");
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(text(id));
        }
        return Whitespace.collapse(text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Alphabet that
                && hasClassesOf(that)
                && form.equals(that.form)
                && subwords == that.subwords;
    }

    private boolean hasClassesOf(Alphabet that) {
        return tokens().equals(that.tokens())
                && blank == that.blank
                && wordDelimiter == that.wordDelimiter
                && textClasses.special().equals(that.textClasses.special());
    }

    @Override
    public int hashCode() {
        return Objects.hash(tokens(), blank, wordDelimiter, form, subwords, textClasses.special());
    }

    @Override
    public String toString() {
        return "Alphabet["
                + size()
                + " tokens, blank "
                + blank
                + (wordDelimiter == TokenIndex.NONE ? "" : ", word delimiter " + wordDelimiter)
                + (form.letterCase() == LetterCase.KEEP ? "" : ", " + form.letterCase())
                + (form.normalization() == null ? "" : ", " + form.normalization())
                + (subwords == SubwordStyle.NONE ? "" : ", " + subwords)
                + "]";
    }

    private Object writeReplace() {
        return new Serialized(toJson());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an alphabet is serialised as JSON");
    }

    /** What is serialised of an alphabet. */
    private record Serialized(String json) implements Serializable {

        private Object readResolve() {
            return ofJson(json);
        }
    }

    /** Builds an {@link Alphabet}. */
    public static final class Builder {

        private List<String> tokens = List.of();
        private int blank;
        private SpecialTokens specialTokens = SpecialTokens.USUAL;
        private WordDelimiterRule wordDelimiterRule = WordDelimiterRule.USUAL;
        private LetterCase letterCase = LetterCase.KEEP;
        private Normalizer.Form normalization;
        private SubwordStyle subwords = SubwordStyle.NONE;

        private Builder() {}

        /**
         * Sets all tokens, the blank included.
         *
         * @param tokens the tokens in the order of their ids, none empty, none twice
         * @return this builder
         */
        public Builder setTokens(List<String> tokens) {
            Objects.requireNonNull(tokens, "tokens");
            this.tokens = List.copyOf(tokens);
            return this;
        }

        /**
         * Sets the class id of the blank.
         *
         * @param index the id, 0 by default
         * @return this builder
         */
        public Builder optBlank(int index) {
            blank = index;
            return this;
        }

        /**
         * Sets the blank by its token.
         *
         * @param token one of the tokens, which must be set before
         * @return this builder
         * @throws IllegalArgumentException if there is no such token
         */
        public Builder optBlank(String token) {
            Objects.requireNonNull(token, "token");
            int id = tokens.indexOf(token);
            if (id < 0) {
                throw new IllegalArgumentException(
                        "the blank \"" + token + "\" is not a token of the alphabet");
            }
            return optBlank(id);
        }

        /**
         * Sets classes without text besides the blank and the usual special tokens, such as {@code
         * <sos/eos>} or {@code [noise]}.
         *
         * @param tokens the tokens; those that the alphabet lacks change nothing. None by default,
         *     in place of those that a file has
         * @return this builder
         */
        public Builder optSpecialTokens(Collection<String> tokens) {
            Objects.requireNonNull(tokens, "tokens");
            specialTokens = new SpecialTokens(Set.copyOf(tokens));
            return this;
        }

        /**
         * Sets the token that stands for the space between words.
         *
         * <p>By default, it is the first of {@code <space>}, a single space, and {@code |} that the
         * alphabet has. Subwords need none and have none by default.
         *
         * @param token one of the tokens, neither the blank nor a special token
         * @return this builder
         */
        public Builder optWordDelimiter(String token) {
            wordDelimiterRule = WordDelimiterRule.named(Objects.requireNonNull(token, "token"));
            return this;
        }

        /**
         * Says that no token is the word delimiter, for alphabets in which {@code |} means itself.
         *
         * @return this builder
         */
        public Builder optNoWordDelimiter() {
            wordDelimiterRule = WordDelimiterRule.ABSENT;
            return this;
        }

        /**
         * Sets what happens to the case of letters before a text is encoded.
         *
         * @param letterCase the case, {@link LetterCase#KEEP} by default
         * @return this builder
         */
        public Builder optLetterCase(LetterCase letterCase) {
            this.letterCase = Objects.requireNonNull(letterCase, "letterCase");
            return this;
        }

        /**
         * Sets the Unicode normalisation of texts before they are encoded; by default there is
         * none.
         *
         * @param form the normalisation form, such as NFC or NFKC
         * @return this builder
         */
        public Builder optNormalization(Normalizer.Form form) {
            normalization = Objects.requireNonNull(form, "form");
            return this;
        }

        /**
         * Sets how tokens show where words begin.
         *
         * @param style the style, {@link SubwordStyle#NONE} by default
         * @return this builder
         */
        public Builder optSubwords(SubwordStyle style) {
            subwords = Objects.requireNonNull(style, "style");
            return this;
        }

        /**
         * Creates the alphabet.
         *
         * @return the alphabet
         * @throws IllegalArgumentException if there are fewer than two tokens, one is empty or
         *     occurs twice, the blank is not one of the ids, or the word delimiter is no token with
         *     a text
         */
        public Alphabet build() {
            return new Alphabet(this);
        }
    }
}
