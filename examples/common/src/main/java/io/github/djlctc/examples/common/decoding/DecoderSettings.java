package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.file.JsonMistake;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.annotations.SerializedName;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code decoder.json} in the folder of a model says; everything but the method may be null.
 *
 * @param method how texts are found
 * @param languageModel the name of a file in the folder
 * @param languageModelUnit what its words are: {@code word} or {@code token}
 * @param lexicon the name of a file in the folder
 * @param alpha the weight of the language model
 * @param beta what each word adds
 * @param labelPrior the name of a file in the folder
 * @param labelPriorWeight its weight
 */
record DecoderSettings(
        @SerializedName("decoder") Method method,
        String languageModel,
        String languageModelUnit,
        String lexicon,
        Double alpha,
        Double beta,
        String labelPrior,
        Double labelPriorWeight) {

    /** How texts are found. */
    enum Method {
        @SerializedName("greedy")
        GREEDY,
        @SerializedName("beam_search")
        BEAM_SEARCH
    }

    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).setPrettyPrinting().create();

    private static final List<String> KEYS =
            List.of(
                    "decoder",
                    "languageModel",
                    "languageModelUnit",
                    "lexicon",
                    "alpha",
                    "beta",
                    "labelPrior",
                    "labelPriorWeight");

    /** Those of the keys whose values are numbers; the others are texts. */
    private static final Set<String> NUMBERS = Set.of("alpha", "beta", "labelPriorWeight");

    static DecoderSettings greedy() {
        return new DecoderSettings(Method.GREEDY, null, null, null, null, null, null, null);
    }

    /**
     * Reads settings.
     *
     * @throws IOException if the text is none; the message does not name the file
     */
    static DecoderSettings parse(String json) throws IOException {
        try {
            JsonElement element = GSON.fromJson(json, JsonElement.class);
            if (element == null) {
                throw new IOException("is empty");
            }
            if (!element.isJsonObject()) {
                throw new IOException("is not a JSON object, {...}");
            }
            JsonObject object = element.getAsJsonObject();
            checkKeys(object);
            checkTypes(object);
            DecoderSettings settings = GSON.fromJson(object, DecoderSettings.class);
            settings.check(object);
            return settings;
        } catch (JsonParseException e) {
            throw new IOException(JsonMistake.of(e), e);
        }
    }

    private static void checkKeys(JsonObject object) throws IOException {
        Set<String> unknown = new TreeSet<>(object.keySet());
        KEYS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IOException(
                    "\"%s\" is none of %s"
                            .formatted(unknown.iterator().next(), String.join(", ", KEYS)));
        }
    }

    private static void checkTypes(JsonObject object) throws IOException {
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            JsonElement value = entry.getValue();
            boolean number = NUMBERS.contains(entry.getKey());
            if (!value.isJsonNull() && !(number ? isNumber(value) : isText(value))) {
                throw new IOException(
                        "\"%s\" must be a %s, but is %s"
                                .formatted(entry.getKey(), number ? "number" : "text", value));
            }
        }
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isNumber()
                && Double.isFinite(value.getAsDouble());
    }

    private static boolean isText(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    private void check(JsonObject object) throws IOException {
        if (method == null) {
            throw new IOException(
                    "\"decoder\" must be \"greedy\" or \"beam_search\", but is "
                            + object.get("decoder"));
        }
        if (method == Method.GREEDY && object.size() > 1) {
            throw new IOException("with \"decoder\": \"greedy\" nothing else has a meaning");
        }
        if (languageModelUnit != null && unit().isEmpty()) {
            throw new IOException(
                    "\"languageModelUnit\" must be \"word\" or \"token\", but is \"%s\""
                            .formatted(languageModelUnit));
        }
        for (String name : new String[] {languageModel, lexicon, labelPrior}) {
            checkName(name);
        }
        checkWeights();
        require(languageModel, alpha, "alpha", "languageModel");
        require(languageModel, languageModelUnit, "languageModelUnit", "languageModel");
        require(labelPrior, labelPriorWeight, "labelPriorWeight", "labelPrior");
    }

    private void checkWeights() throws IOException {
        try {
            if (alpha != null) {
                BeamSearchDecoder.builder().optLanguageModelWeight(alpha);
            }
            if (beta != null) {
                BeamSearchDecoder.builder().optWordInsertionBonus(beta);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (labelPriorWeight != null && !(labelPriorWeight >= 0 && labelPriorWeight <= 1)) {
            throw new IOException(
                    "\"labelPriorWeight\" must be from 0 to 1, but is " + labelPriorWeight);
        }
    }

    /** A folder that came from elsewhere must not name files that lie outside it. */
    private static void checkName(String name) throws IOException {
        if (name != null && !name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new IOException("\"%s\" is not the name of a file in the folder".formatted(name));
        }
    }

    private static void require(Object needed, Object value, String key, String neededKey)
            throws IOException {
        if (value != null && needed == null) {
            throw new IOException("\"%s\" has no meaning without \"%s\"".formatted(key, neededKey));
        }
    }

    /** Returns the unit of the language model's words; nothing if it is not said. */
    Optional<LanguageModelUnit> unit() {
        return Arrays.stream(LanguageModelUnit.values())
                .filter(unit -> unit.name().toLowerCase(Locale.ROOT).equals(languageModelUnit))
                .findFirst();
    }

    /** Describes a search: such as "alpha 0.9, beta 2, words of lexicon.txt". */
    String description() {
        List<String> parts = new ArrayList<>();
        if (alpha != null) {
            parts.add("alpha " + WeightSetting.decimal(alpha));
        }
        if (beta != null) {
            parts.add("beta " + WeightSetting.decimal(beta));
        }
        if (lexicon != null) {
            parts.add("words of " + lexicon + " only");
        }
        if (labelPriorWeight != null) {
            parts.add("label prior " + WeightSetting.decimal(labelPriorWeight));
        }
        return String.join(", ", parts);
    }

    @Override
    public String toString() {
        return GSON.toJson(this);
    }
}
