package io.github.djlctc.decode;

import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.Spelling;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The words of a lexicon that has spellings, and their spellings as codes of tokens. */
final class SpelledWords {

    /** What ends words in lexicons, whatever the alphabet calls its word delimiter. */
    private static final Set<String> DELIMITERS = Set.of("|", "<space>");

    /** More ways to spell a phrase are not looked for. */
    private static final int MOST_SPELLINGS_OF_PHRASE = 64;

    private final Lexicon lexicon;
    private final Alphabet alphabet;
    private final TokenTexts codes;
    private final Map<String, Spelling> bySpelling = new LinkedHashMap<>();
    private final Map<String, List<String>> spellingsOfWord = new HashMap<>();

    /**
     * Takes a lexicon.
     *
     * @param score tells which of several words with the same spelling is the likeliest; the first
     *     is taken of those with the greatest score
     * @throws IllegalArgumentException if a spelling is not of tokens of the alphabet
     */
    SpelledWords(Lexicon lexicon, Alphabet alphabet, ToDoubleFunction<String> score) {
        this.lexicon = lexicon;
        this.alphabet = alphabet;
        codes = TokenTexts.ofCodes(alphabet, Map.of());
        for (Spelling spelling : lexicon.spellings()) {
            bySpelling.merge(
                    code(spelling),
                    spelling,
                    (old, other) ->
                            score.applyAsDouble(other.word()) > score.applyAsDouble(old.word())
                                    ? other
                                    : old);
        }
        bySpelling.forEach(
                (code, spelling) ->
                        spellingsOfWord
                                .computeIfAbsent(
                                        alphabet.normalize(spelling.word()),
                                        word -> new ArrayList<>())
                                .add(code));
    }

    /** Returns the words as the lexicon has them, by their spellings in codes. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        bySpelling.forEach((code, spelling) -> words.put(code, spelling.word()));
        return words;
    }

    /** Returns the codes of tokens, and the words that they spell as the alphabet writes them. */
    TokenTexts texts() {
        Map<String, String> written = new HashMap<>();
        bySpelling.forEach(
                (code, spelling) -> written.put(code, alphabet.normalize(spelling.word())));
        return TokenTexts.ofCodes(alphabet, written);
    }

    boolean contains(String word) {
        return spellingsOfWord.containsKey(word);
    }

    /**
     * Returns the ways to spell a phrase.
     *
     * @param phrase words as the alphabet writes them, with one space between them
     * @return codes with one space between words; none if a word is not in the lexicon
     */
    List<String> spellings(String phrase) {
        List<String> spellings = List.of("");
        for (String word : phrase.split(" ", -1)) {
            String separator = spellings.get(0).isEmpty() ? "" : " ";
            List<String> longer =
                    spellings.stream()
                            .flatMap(
                                    start ->
                                            spellingsOfWord.getOrDefault(word, List.of()).stream()
                                                    .map(code -> start + separator + code))
                            .limit(MOST_SPELLINGS_OF_PHRASE)
                            .toList();
            if (longer.isEmpty()) {
                return longer;
            }
            spellings = longer;
        }
        return spellings;
    }

    private String code(Spelling spelling) {
        List<String> tokens = withoutDelimiterAtEnd(spelling.tokens());
        StringBuilder code = new StringBuilder();
        for (String token : tokens) {
            code.append(codes.of(id(token, spelling)));
        }
        String word = withoutSpacesAround(code);
        if (word.isEmpty()) {
            throw wrong(spelling, "has no token with a text");
        }
        if (word.indexOf(' ') >= 0) {
            throw wrong(spelling, "begins another word within");
        }
        if (startsWords() && code.charAt(0) != ' ') {
            throw wrong(spelling, "does not begin with a token that starts a word");
        }
        return word;
    }

    /** Removes word delimiters; codes may be other kinds of space. */
    private static String withoutSpacesAround(StringBuilder code) {
        int start = 0;
        int end = code.length();
        while (start < end && code.charAt(start) == ' ') {
            start++;
        }
        while (end > start && code.charAt(end - 1) == ' ') {
            end--;
        }
        return code.substring(start, end);
    }

    private List<String> withoutDelimiterAtEnd(List<String> tokens) {
        int last = tokens.size() - 1;
        boolean tellsWordsApart = alphabet.wordDelimiter().isPresent() || startsWords();
        boolean isOther = last > 0 && alphabet.indexOf(tokens.get(last)).isEmpty();
        return tellsWordsApart && isOther && DELIMITERS.contains(tokens.get(last))
                ? tokens.subList(0, last)
                : tokens;
    }

    /** Returns whether tokens show where words start. */
    private boolean startsWords() {
        return alphabet.wordDelimiter().isEmpty() && codes.mostWordEnds(true) > 0;
    }

    private int id(String token, Spelling spelling) {
        OptionalInt id = alphabet.indexOf(token);
        if (id.isEmpty()) {
            id = alphabet.indexOf(alphabet.normalize(token));
        }
        if (id.isEmpty()) {
            throw wrong(
                    spelling,
                    "has \""
                            + token
                            + "\", for which the alphabet has no token"
                            + otherForm(token));
        }
        if (alphabet.text(id.getAsInt()).isEmpty()) {
            throw wrong(spelling, "has \"" + token + "\", which is a class without text");
        }
        return id.getAsInt();
    }

    private String otherForm(String token) {
        String unstressed = token.replaceAll("\\d+$", "");
        return Stream.of(
                        Map.entry(token.toUpperCase(Locale.ROOT), "in another letter case"),
                        Map.entry(token.toLowerCase(Locale.ROOT), "in another letter case"),
                        Map.entry(unstressed, "without the mark of stress"))
                .filter(other -> alphabet.indexOf(other.getKey()).isPresent())
                .findFirst()
                .map(other -> " but " + other.getValue() + ", \"" + other.getKey() + "\"")
                .orElse("");
    }

    private IllegalArgumentException wrong(Spelling spelling, String problem) {
        String place =
                lexicon.file().map(file -> file + ", line " + spelling.line() + ": ").orElse("");
        return new IllegalArgumentException(
                place
                        + "the spelling of \""
                        + spelling.word()
                        + "\" "
                        + problem
                        + "; correct it or leave it out"
                        + (place.isEmpty()
                                ? ""
                                : ", or if the file gives phones where the model has letters, or"
                                        + " is a text, give the words alone, one on each line"));
    }
}
