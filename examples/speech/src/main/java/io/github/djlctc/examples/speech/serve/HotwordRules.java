package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.decode.Hotword;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What hotwords a client may give: few and short ones, since each makes the decoder work. */
final class HotwordRules {

    static final int MOST = 50;
    static final int LONGEST = 60;

    private static final double WEIGHT = 5;

    private HotwordRules() {}

    /**
     * Reads phrases.
     *
     * @param phrases one or more words each; blank ones are left out, and those that come again
     * @return the hotwords, with the usual weight
     * @throws Refusal if there are too many, or one is too long
     */
    static List<Hotword> of(List<String> phrases) {
        Set<String> distinct = new LinkedHashSet<>();
        for (String phrase : phrases) {
            String text = phrase.strip();
            if (text.length() > LONGEST) {
                throw Refusal.badRequest(
                        "a hotword has %d characters; at most %d are allowed"
                                .formatted(text.length(), LONGEST));
            }
            if (!text.isEmpty()) {
                distinct.add(text);
            }
        }
        if (distinct.size() > MOST) {
            throw Refusal.badRequest(
                    "%d hotwords were given; at most %d are allowed"
                            .formatted(distinct.size(), MOST));
        }
        return distinct.stream().map(phrase -> new Hotword(phrase, WEIGHT)).toList();
    }

    /**
     * Reads phrases of JSON.
     *
     * @param value an array of strings; null for none
     * @throws Refusal if it is something else
     */
    static List<Hotword> of(JsonElement value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)
                || !array.asList().stream().allMatch(HotwordRules::isString)) {
            throw Refusal.badRequest("\"hotwords\" must be an array of strings");
        }
        return of(array.asList().stream().map(JsonElement::getAsString).toList());
    }

    private static boolean isString(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    }
}
