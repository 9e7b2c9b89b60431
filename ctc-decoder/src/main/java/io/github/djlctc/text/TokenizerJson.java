package io.github.djlctc.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code tokenizer.json} of Hugging Face, as CTC models have it.
 *
 * @param tokens the tokens in the order of their ids
 * @param specialTokens the added tokens that are special
 * @param padToken the token that the CTC decoder takes for the blank
 * @param wordDelimiter the token that the CTC decoder takes for a space
 */
record TokenizerJson(
        List<String> tokens,
        List<String> specialTokens,
        Optional<String> padToken,
        Optional<String> wordDelimiter) {

    /** Reads an object that has a {@code model}. */
    static TokenizerJson parse(Path file, String text) throws AlphabetFormatException {
        try {
            return of(file, JsonParser.parseString(text).getAsJsonObject());
        } catch (ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new AlphabetFormatException(
                    file,
                    "it is no tokenizer.json: " + e.getMessage(),
                    "take the file as the tokenizer was saved");
        }
    }

    private static TokenizerJson of(Path file, JsonObject root) throws AlphabetFormatException {
        JsonObject model = root.getAsJsonObject("model");
        JsonObject decoder =
                root.get("decoder") instanceof JsonObject object ? object : new JsonObject();
        if (decoder.toString().contains("\"ByteLevel\"")) {
            throw new AlphabetFormatException(
                    file,
                    "its tokens are of bytes (ByteLevel)",
                    "an alphabet needs tokens of characters");
        }
        Map<String, Integer> ids = ids(file, model.get("vocab"));
        List<String> special = new ArrayList<>();
        if (root.get("added_tokens") instanceof JsonArray added) {
            for (JsonElement element : added) {
                JsonObject token = element.getAsJsonObject();
                String content = required(token, "content").getAsString();
                ids.put(content, required(token, "id").getAsInt());
                if (token.has("special") && token.get("special").getAsBoolean()) {
                    special.add(content);
                }
            }
        }
        boolean isCTC = string(decoder, "type").filter("CTC"::equals).isPresent();
        Optional<String> delimiter =
                isCTC ? string(decoder, "word_delimiter_token") : Optional.empty();
        delimiter.ifPresent(special::remove);
        return new TokenizerJson(
                new VocabJson(file).inOrder(ids),
                List.copyOf(special),
                isCTC ? string(decoder, "pad_token") : Optional.empty(),
                delimiter);
    }

    private static Map<String, Integer> ids(Path file, JsonElement vocabulary)
            throws AlphabetFormatException {
        Map<String, Integer> ids = new HashMap<>();
        if (vocabulary instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> entry :
                    new LinkedHashMap<>(object.asMap()).entrySet()) {
                ids.put(entry.getKey(), entry.getValue().getAsInt());
            }
            return ids;
        }
        if (vocabulary instanceof JsonArray pieces) {
            for (JsonElement piece : pieces) {
                ids.put(piece.getAsJsonArray().get(0).getAsString(), ids.size());
            }
            return ids;
        }
        throw new AlphabetFormatException(
                file,
                "its model has no vocab",
                "an alphabet needs a model with an object or a list of tokens");
    }

    private static JsonElement required(JsonObject token, String key) {
        if (!token.has(key)) {
            throw new IllegalStateException("an added token has no \"" + key + "\"");
        }
        return token.get(key);
    }

    private static Optional<String> string(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
