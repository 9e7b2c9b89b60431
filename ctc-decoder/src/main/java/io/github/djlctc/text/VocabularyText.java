package io.github.djlctc.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a file of classes, which tells most formats apart.
 *
 * @param file the file, for errors
 * @param text all of it
 */
record VocabularyText(Path file, String text) {

    /** The beginning of an object with a key, or an empty one; a list may begin with a brace. */
    private static final Pattern OBJECT =
            Pattern.compile("\\s*\\{\\s*(\"[^\\r\\n]|}\\s*$|[^\\s\"]+\\s*:)");

    private static final Pattern PIECE = Pattern.compile("[^\\t]+\\t-?\\d+(\\.\\d+)?(e-?\\d+)?");
    private static final Pattern PIECE_BELOW_ZERO = Pattern.compile("[^\\t]+\\t-.+");

    static VocabularyText read(Path file) throws IOException {
        return new VocabularyText(file, Utf8File.read(file));
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** Recognises the format. */
    VocabularyFormat format() throws AlphabetFormatException {
        if (OBJECT.matcher(text).lookingAt()) {
            return formatOfObject();
        }
        if (file.toString().endsWith(".json")) {
            throw new AlphabetFormatException(
                    file,
                    "it is not a JSON object",
                    "it must map each token to its id, or be a tokenizer.json or what"
                            + " Alphabet.toJson gave");
        }
        List<String> lines = lines();
        if (holdsPieces(lines)) {
            return VocabularyFormat.SENTENCEPIECE;
        }
        return new TokenTable(file, lines).isOne()
                ? VocabularyFormat.TOKEN_TABLE
                : VocabularyFormat.TOKEN_LIST;
    }

    private VocabularyFormat formatOfObject() {
        JsonObject object;
        try {
            object = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            // The reader of vocab.json says what is wrong.
            return VocabularyFormat.VOCAB_JSON;
        }
        if (object.get("tokens") instanceof JsonArray) {
            return VocabularyFormat.ALPHABET_JSON;
        }
        return object.get("model") instanceof JsonObject
                ? VocabularyFormat.TOKENIZER_JSON
                : VocabularyFormat.VOCAB_JSON;
    }

    /** Returns whether all lines are pieces with scores, not all of which can be ids. */
    private static boolean holdsPieces(List<String> lines) {
        return lines.size() >= 2
                && lines.stream().allMatch(line -> PIECE.matcher(line).matches())
                && lines.stream().anyMatch(line -> PIECE_BELOW_ZERO.matcher(line).matches());
    }
}
