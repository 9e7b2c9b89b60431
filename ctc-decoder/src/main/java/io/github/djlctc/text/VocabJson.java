package io.github.djlctc.text;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code vocab.json} of a Hugging Face tokenizer, an object from token to class id.
 *
 * @param file the file, for errors
 */
record VocabJson(Path file) {

    /** Returns the tokens in the order of their ids. */
    List<String> tokens(String text) throws IOException {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            return inOrder(ids(reader));
        } catch (MalformedJsonException | EOFException e) {
            throw problem("it is not valid JSON: " + e.getMessage(), "correct or replace the file");
        }
    }

    private Map<String, Integer> ids(JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            throw problem("it is not a JSON object", "it must map each token to its id");
        }
        Map<String, Integer> ids = new HashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String token = reader.nextName();
            if (token.isEmpty()) {
                throw problem("the key \"\" is empty", "a token needs at least one character");
            }
            if (ids.put(token, id(reader, token)) != null) {
                throw problem("the key \"" + token + "\" occurs twice", "remove one of them");
            }
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw problem("something follows the JSON object", "remove it");
        }
        return ids;
    }

    private int id(JsonReader reader, String token) throws IOException {
        JsonToken kind = reader.peek();
        String value = kind == JsonToken.NUMBER ? reader.nextString() : kind.toString();
        if (!value.matches("\\d{1,9}")) {
            throw problem(
                    "the value of the key \"" + token + "\" is " + value,
                    "it must be the token's id, a whole number from 0");
        }
        return Integer.parseInt(value);
    }

    /** Returns tokens in the order of their ids, which must be 0 to n - 1. */
    List<String> inOrder(Map<String, Integer> ids) throws AlphabetFormatException {
        String[] tokens = new String[ids.size()];
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            String token = entry.getKey();
            int id = entry.getValue();
            if (id < 0 || id >= tokens.length) {
                throw problem(
                        "the id of the key \"" + token + "\" is " + id,
                        "the ids of " + tokens.length + " tokens must be 0 to n - 1 without holes");
            }
            if (tokens[id] != null) {
                throw problem(
                        "the keys \"" + tokens[id] + "\" and \"" + token + "\" share the id " + id,
                        "each token needs an id of its own");
            }
            tokens[id] = token;
        }
        if (tokens.length < 2) {
            throw problem(
                    "it holds " + tokens.length + " tokens",
                    "an alphabet needs the blank and at least one other token");
        }
        return Arrays.asList(tokens);
    }

    private AlphabetFormatException problem(String problem, String remedy) {
        return new AlphabetFormatException(file, problem, remedy);
    }
}
