package io.github.djlctc.text;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * {@code <mask>}, {@code [UNK]}, {@code [PAD]}, {@code [CLS]}, {@code [SEP]} and {@code [MASK]} are
 * classes without text: {@link #encode} never gives them, even if a text holds their letters, and
 * {@link #decode} leaves them out.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Alphabet {

    /** Tokens which are the word delimiter unless another is set; the first one present wins. */
    private static final List<String> WORD_DELIMITERS = List.of("<space>", " ", "|");

    private static final Set<String> SPECIAL_TOKENS =
            Set.of(
                    "<s>", "</s>", "<unk>", "<pad>", "<mask>", "[UNK]", "[PAD]", "[CLS]", "[SEP]",
                    "[MASK]");

    private static final int NONE = -1;

    private final List<String> tokens;
    private final Map<String, Integer> ids;
    private final int blank;
    private final int wordDelimiter;
    private final LetterCase letterCase;
    private final Normalizer.Form normalization;
    private final SubwordStyle subwords;
    private final String[] texts;
    private final Segmenter segmenter;

    private Alphabet(Builder builder) {
        tokens = builder.tokens;
        ids = index(tokens);
        blank = builder.blank;
        letterCase = builder.letterCase;
        normalization = builder.normalization;
        subwords = builder.subwords;
        if (tokens.size() < 2) {
            throw new IllegalArgumentException(
                    "an alphabet needs the blank and at least one other token, but got " + tokens);
        }
        if (blank < 0 || blank >= tokens.size()) {
            throw new IllegalArgumentException(
                    "the blank " + blank + " is not an id of the alphabet: 0.." + lastId());
        }
        wordDelimiter =
                builder.choosesWordDelimiter
                        ? chosenWordDelimiter(builder.wordDelimiter)
                        : defaultWordDelimiter();
        texts = texts();
        segmenter = new Segmenter(idsByText(), subwords);
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
        List<String> tokens = new ArrayList<>();
        tokens.add("<blank>");
        characters.codePoints().mapToObj(Character::toString).forEach(tokens::add);
        return builder().setTokens(tokens).build();
    }

    /**
     * Reads a plain list of tokens: UTF-8, one token a line, in the order of the ids.
     *
     * <p>A line is taken as it is, spaces included; a byte order mark and carriage returns at line
     * ends are skipped. The blank is the first of {@code <blank>}, {@code <blk>}, {@code <pad>} and
     * {@code [PAD]} that the file has, or else the first line. The word delimiter follows the rule
     * of {@link Builder#optWordDelimiter}. Other settings are not in such a file: use {@link
     * #toBuilder}.
     *
     * @param file the file, at most 64 MiB
     * @return the alphabet
     * @throws AlphabetFormatException if the file is too large, is not UTF-8, or has an empty line,
     *     a token twice, or fewer than two tokens
     * @throws IOException if the file cannot be read
     */
    public static Alphabet read(Path file) throws IOException {
        return TokenListFile.read(file);
    }

    /**
     * Reads the {@code vocab.json} of a Hugging Face tokenizer: one JSON object with a class id for
     * each token, as wav2vec2 models have it.
     *
     * <p>The blank is the first of {@code <pad>}, {@code [PAD]}, {@code <blank>} and {@code <blk>}
     * that the file has. The word delimiter, {@code |} in such files, follows the rule of {@link
     * Builder#optWordDelimiter}. Other settings are not in the file: use {@link #toBuilder}.
     *
     * @param file the file, at most 64 MiB
     * @return the alphabet
     * @throws AlphabetFormatException if the file is too large, is not UTF-8 or not such an object,
     *     has a token twice, has no blank, or if its ids are not 0 to n - 1
     * @throws IOException if the file cannot be read
     */
    public static Alphabet readVocabJson(Path file) throws IOException {
        return VocabJsonFile.read(file);
    }

    /**
     * Writes the tokens as {@link #read} reads them.
     *
     * <p>The file holds nothing but the tokens. Which one is the blank or the word delimiter, if
     * the rules of {@link #read} would not find it, and all other settings are to be set again
     * after reading.
     *
     * @param file the file to create or replace
     * @throws AlphabetFormatException if a token has a line break or is not valid Unicode
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        TokenListFile.write(tokens, file);
    }

    /**
     * Returns a builder that holds everything of this alphabet, to change some of it.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder =
                builder()
                        .setTokens(tokens)
                        .optBlank(blank)
                        .optLetterCase(letterCase)
                        .optSubwords(subwords);
        builder.normalization = normalization;
        if (wordDelimiter != defaultWordDelimiter()) {
            builder.choosesWordDelimiter = true;
            builder.wordDelimiter = wordDelimiter == NONE ? null : tokens.get(wordDelimiter);
        }
        return builder;
    }

    /**
     * Returns the number of classes, the blank included.
     *
     * @return the number of classes, at least 2
     */
    public int size() {
        return tokens.size();
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
        return wordDelimiter == NONE ? OptionalInt.empty() : OptionalInt.of(wordDelimiter);
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
        return Arrays.stream(texts).flatMapToInt(String::codePoints);
    }

    /**
     * Returns the token of a class.
     *
     * @param id the class id
     * @return the token as the alphabet spells it
     * @throws IllegalArgumentException if the alphabet has no such id
     */
    public String token(int id) {
        if (id < 0 || id >= tokens.size()) {
            throw new IllegalArgumentException(
                    "id " + id + " is not in the alphabet, whose ids are 0.." + lastId());
        }
        return tokens.get(id);
    }

    /**
     * Returns all tokens in the order of their ids, the blank included.
     *
     * @return an immutable list
     */
    public List<String> tokens() {
        return tokens;
    }

    /**
     * Looks up a token.
     *
     * @param token the token as the alphabet spells it
     * @return its class id, or nothing if the alphabet lacks it
     */
    public OptionalInt indexOf(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
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
        return texts[id];
    }

    /**
     * Brings a text into the form that is encoded: Unicode normalisation and letter case as set,
     * and one space (U+0020) for each run of whitespace, none at the ends.
     *
     * @param text any text
     * @return the text that {@link #encode} sees
     */
    public String normalize(String text) {
        return Whitespace.collapse(compose(letterCase.apply(compose(text))));
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
        String normalized = normalize(text);
        List<UnknownCharacter> unknown = new ArrayList<>();
        int[] encoded = segmenter.segment(normalized, unknown);
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
        List<UnknownCharacter> unknown = new ArrayList<>();
        segmenter.segment(normalize(text), unknown);
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
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(text(id));
        }
        return Whitespace.collapse(text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Alphabet that
                && tokens.equals(that.tokens)
                && blank == that.blank
                && wordDelimiter == that.wordDelimiter
                && letterCase == that.letterCase
                && normalization == that.normalization
                && subwords == that.subwords;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tokens, blank, wordDelimiter, letterCase, normalization, subwords);
    }

    @Override
    public String toString() {
        return "Alphabet["
                + tokens.size()
                + " tokens, blank "
                + blank
                + (wordDelimiter == NONE ? "" : ", word delimiter " + wordDelimiter)
                + (letterCase == LetterCase.KEEP ? "" : ", " + letterCase)
                + (normalization == null ? "" : ", " + normalization)
                + (subwords == SubwordStyle.NONE ? "" : ", " + subwords)
                + "]";
    }

    private static Map<String, Integer> index(List<String> tokens) {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            if (token.isEmpty()) {
                throw new IllegalArgumentException("token " + id + " is empty");
            }
            Integer first = ids.putIfAbsent(token, id);
            if (first != null) {
                throw new IllegalArgumentException(
                        "token \"" + token + "\" has two ids: " + first + " and " + id);
            }
        }
        return ids;
    }

    private int lastId() {
        return tokens.size() - 1;
    }

    private int chosenWordDelimiter(String token) {
        if (token == null) {
            return NONE;
        }
        Integer id = ids.get(token);
        if (id == null) {
            throw new IllegalArgumentException(
                    "the word delimiter \"" + token + "\" is not a token of the alphabet");
        }
        if (!hasText(id)) {
            throw new IllegalArgumentException(
                    "the word delimiter \"" + token + "\" is the blank or a special token");
        }
        return id;
    }

    private int defaultWordDelimiter() {
        if (subwords != SubwordStyle.NONE) {
            return NONE;
        }
        return WORD_DELIMITERS.stream()
                .map(ids::get)
                .filter(id -> id != null && hasText(id))
                .findFirst()
                .orElse(NONE);
    }

    private boolean hasText(int id) {
        return id != blank && !SPECIAL_TOKENS.contains(tokens.get(id));
    }

    private String[] texts() {
        String[] all = new String[tokens.size()];
        for (int id = 0; id < all.length; id++) {
            if (id == wordDelimiter) {
                all[id] = " ";
            } else {
                all[id] = hasText(id) ? subwords.text(tokens.get(id)) : "";
            }
        }
        return all;
    }

    private Map<String, Integer> idsByText() {
        Map<String, Integer> idsByText = new LinkedHashMap<>();
        if (wordDelimiter != NONE) {
            idsByText.put(" ", wordDelimiter);
        }
        for (int id = 0; id < texts.length; id++) {
            if (hasText(id)) {
                idsByText.putIfAbsent(texts[id], id);
            }
        }
        return idsByText;
    }

    private String compose(String text) {
        return normalization == null ? text : Normalizer.normalize(text, normalization);
    }

    /** Builds an {@link Alphabet}. */
    public static final class Builder {

        private List<String> tokens = List.of();
        private int blank;
        private boolean choosesWordDelimiter;
        private String wordDelimiter;
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
         * Sets the token that stands for the space between words.
         *
         * <p>By default, it is the first of {@code <space>}, a single space, and {@code |} that the
         * alphabet has. Subwords need none and have none by default.
         *
         * @param token one of the tokens, neither the blank nor a special token
         * @return this builder
         */
        public Builder optWordDelimiter(String token) {
            wordDelimiter = Objects.requireNonNull(token, "token");
            choosesWordDelimiter = true;
            return this;
        }

        /**
         * Says that no token is the word delimiter, for alphabets in which {@code |} means itself.
         *
         * @return this builder
         */
        public Builder optNoWordDelimiter() {
            wordDelimiter = null;
            choosesWordDelimiter = true;
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
