package io.github.djlctc.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads the classes of a model in any {@link VocabularyFormat}. */
final class VocabularyFile {

    private static final String BLANK = "<blank>";
    private static final String SPACE = " ";

    private final VocabularyText text;
    private final Path file;

    /** The token or id of the blank, or null if the file tells it. */
    private final String givenBlank;

    private VocabularyFile(VocabularyText text, String givenBlank) {
        this.text = text;
        this.file = text.file();
        this.givenBlank = givenBlank;
    }

    /** Reads a file whose content tells its format. */
    static Alphabet read(Path file) throws IOException {
        return read(VocabularyText.read(file));
    }

    static Alphabet read(VocabularyText text) throws IOException {
        return new VocabularyFile(text, null).alphabet(text.format());
    }

    /**
     * Reads a file of a format that is named.
     *
     * @param blank the token or the id of the blank, or null if the file tells it
     */
    static Alphabet read(Path file, VocabularyFormat format, String blank) throws IOException {
        VocabularyText text = VocabularyText.read(file);
        VocabularyFormat recognised = text.format();
        if (!format.mayLookLike(recognised)) {
            throw AlphabetFormatException.ofUntold(
                    file,
                    "it is read as " + name(format) + ", but looks like " + name(recognised),
                    "name the format " + name(recognised) + ", or the right file");
        }
        return new VocabularyFile(text, blank).alphabet(format);
    }

    private static String name(VocabularyFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private Alphabet alphabet(VocabularyFormat format) throws IOException {
        return switch (format) {
            case ALPHABET_JSON -> ofAlphabetJson();
            case TOKEN_LIST -> ofLines(tokens(), List.of());
            case TOKEN_TABLE -> ofTable(new TokenTable(file, text.lines()).tokens());
            case VOCAB_JSON -> ofJson(new VocabJson(file).tokens(text.text()));
            case TOKENIZER_JSON -> ofTokenizerJson();
            case SENTENCEPIECE -> ofPieces();
            case NEMO -> ofNemo();
            case PADDLEOCR -> ofPaddleKeys(tokens());
            case PADDLEOCR_SPACE -> ofPaddleKeys(withSpace(tokens()));
            case FAIRSEQ_DICT -> ofFairseq();
        };
    }

    private List<String> tokens() throws AlphabetFormatException {
        return new TokenList(file, text.lines()).tokens();
    }

    private Alphabet ofAlphabetJson() throws AlphabetFormatException {
        Alphabet alphabet;
        try {
            alphabet = Alphabet.ofJson(text.text());
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), "write the file anew with Alphabet.write");
        }
        return givenBlank == null
                ? alphabet
                : alphabet.toBuilder().optBlank(idOfGivenBlank(alphabet.tokens())).build();
    }

    private Alphabet ofTable(List<String> tokens) throws AlphabetFormatException {
        return ofLines(tokens, tokens.stream().filter(SpecialTokens::isDisambiguation).toList());
    }

    private Alphabet ofLines(List<String> tokens, List<String> special)
            throws AlphabetFormatException {
        return build(FileClasses.builder(tokens, blankOfLines(tokens), special));
    }

    private int blankOfLines(List<String> tokens) throws AlphabetFormatException {
        if (givenBlank != null) {
            return idOfGivenBlank(tokens);
        }
        if (BlankNames.areInOrderOfFairseq(tokens)) {
            return 0;
        }
        OptionalInt named = BlankNames.OF_LINES.find(tokens);
        if (named.isEmpty() && !BlankNames.mayBeOne(tokens.get(0))) {
            throw untold(
                    "no token is named like a blank, and class 0, \""
                            + tokens.get(0)
                            + "\", looks like none",
                    "name the format, nemo if the blank follows all tokens, paddleocr or"
                            + " paddleocr_space if it precedes them, or name the blank");
        }
        return named.orElse(0);
    }

    private Alphabet ofJson(List<String> tokens) throws AlphabetFormatException {
        return alphabet(tokens, blankOfJson(tokens));
    }

    private int blankOfJson(List<String> tokens) throws AlphabetFormatException {
        if (givenBlank != null) {
            return idOfGivenBlank(tokens);
        }
        OptionalInt named = BlankNames.OF_JSON.find(tokens);
        if (named.isEmpty()) {
            throw untold(
                    "it has no blank, which is one of " + BlankNames.OF_JSON.names(),
                    "name the blank");
        }
        return named.getAsInt();
    }

    private Alphabet ofTokenizerJson() throws AlphabetFormatException {
        TokenizerJson tokenizer = TokenizerJson.parse(file, text.text());
        List<String> tokens = tokenizer.tokens();
        int pad = tokenizer.padToken().map(tokens::indexOf).orElse(-1);
        int blank = givenBlank == null && pad >= 0 ? pad : blankOfJson(tokens);
        Alphabet.Builder builder = FileClasses.builder(tokens, blank, tokenizer.specialTokens());
        tokenizer
                .wordDelimiter()
                .filter(tokens::contains)
                .ifPresent(token -> builder.optWordDelimiter(token).optSubwords(SubwordStyle.NONE));
        return build(builder);
    }

    private Alphabet ofPieces() throws AlphabetFormatException {
        List<String> pieces = pieces();
        if (givenBlank != null) {
            return alphabet(pieces, idOfGivenBlank(pieces));
        }
        OptionalInt named = BlankNames.OF_LINES.find(pieces);
        return named.isPresent() ? alphabet(pieces, named.getAsInt()) : withBlankLast(pieces);
    }

    private List<String> pieces() throws AlphabetFormatException {
        List<String> pieces =
                text.lines().stream().map(line -> line.substring(0, line.indexOf('\t'))).toList();
        return new TokenList(file, pieces).tokens();
    }

    private Alphabet ofNemo() throws AlphabetFormatException {
        List<String> tokens = text.format() == VocabularyFormat.SENTENCEPIECE ? pieces() : tokens();
        rejectNamedBlank(tokens, BlankNames.WITHOUT_PADDING, VocabularyFormat.NEMO);
        return withBlankLast(tokens);
    }

    private Alphabet withBlankLast(List<String> tokens) throws AlphabetFormatException {
        List<String> classes = new ArrayList<>(tokens);
        classes.add(BLANK);
        return alphabet(classes, givenBlank == null ? tokens.size() : idOfGivenBlank(classes));
    }

    /** PaddleOCR's dictionaries of Latin letters may have a space of their own. */
    private static List<String> withSpace(List<String> tokens) {
        return Stream.concat(tokens.stream(), Stream.of(tokens.contains(SPACE) ? "<space>" : SPACE))
                .toList();
    }

    private Alphabet ofPaddleKeys(List<String> tokens) throws AlphabetFormatException {
        rejectNamedBlank(tokens, BlankNames.OF_LINES, VocabularyFormat.PADDLEOCR);
        List<String> classes = new ArrayList<>(tokens.size() + 1);
        classes.add(BLANK);
        classes.addAll(tokens);
        int blank = givenBlank == null ? 0 : idOfGivenBlank(classes);
        Alphabet.Builder builder =
                Alphabet.builder().setTokens(classes).optBlank(blank).optNoWordDelimiter();
        String last = classes.get(classes.size() - 1);
        if (last.equals("<space>") || classes.contains(SPACE)) {
            builder.optWordDelimiter(last.equals("<space>") ? last : SPACE);
        }
        return build(builder);
    }

    private void rejectNamedBlank(List<String> tokens, BlankNames names, VocabularyFormat format)
            throws AlphabetFormatException {
        OptionalInt named = names.find(tokens);
        if (named.isPresent()) {
            throw untold(
                    "it has the token \""
                            + tokens.get(named.getAsInt())
                            + "\", but files of the format "
                            + name(format)
                            + " leave the blank out",
                    "name the format " + name(text.format()));
        }
    }

    private Alphabet ofFairseq() throws AlphabetFormatException {
        List<String> tokens = new ArrayList<>(BlankNames.ORDER_OF_FAIRSEQ);
        tokens.addAll(new TokenTable(file, text.lines()).tokensWithCounts());
        return alphabet(tokens, givenBlank == null ? 0 : idOfGivenBlank(tokens));
    }

    private Alphabet alphabet(List<String> tokens, int blank) throws AlphabetFormatException {
        return build(FileClasses.builder(tokens, blank, List.of()));
    }

    private Alphabet build(Alphabet.Builder builder) throws AlphabetFormatException {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), "correct or replace the file");
        }
    }

    private int idOfGivenBlank(List<String> tokens) throws AlphabetFormatException {
        int id =
                givenBlank.matches("\\d{1,9}")
                        ? Integer.parseInt(givenBlank)
                        : tokens.indexOf(givenBlank);
        if (id < 0 || id >= tokens.size()) {
            throw untold(
                    "it has no token \"" + givenBlank + "\" to be the blank",
                    "name one of its tokens, or an id from 0 to " + (tokens.size() - 1));
        }
        return id;
    }

    private AlphabetFormatException problem(String problem, String remedy) {
        return new AlphabetFormatException(file, problem, remedy);
    }

    private AlphabetFormatException untold(String problem, String remedy) {
        return AlphabetFormatException.ofUntold(file, problem, remedy);
    }
}
