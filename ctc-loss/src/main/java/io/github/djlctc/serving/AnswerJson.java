package io.github.djlctc.serving;

import ai.djl.modality.Output;
import ai.djl.ndarray.BytesSupplier;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.HotwordOutcome;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.WordSpan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.List;
import java.util.OptionalDouble;

/** Writes results as the answers of a server; see {@link CtcServingTranslator}. */
final class AnswerJson {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final OptionalDouble secondsPerFrame;

    AnswerJson(OptionalDouble secondsPerFrame) {
        this.secondsPerFrame = secondsPerFrame;
    }

    Output answer(RequestOutcome outcome) {
        return outcome instanceof RequestOutcome.Recognised recognised
                ? answer(recognised.result())
                : refusal(((RequestOutcome.Refused) outcome).problem());
    }

    private Output answer(BeamSearchResult result) {
        JsonObject object = object(result.best());
        if (result.nBest().size() > 1) {
            JsonArray nBest = new JsonArray();
            for (Hypothesis hypothesis : result.nBest()) {
                JsonObject entry = new JsonObject();
                entry.addProperty("text", hypothesis.text());
                entry.add("score", number(hypothesis.score()));
                nBest.add(entry);
            }
            object.add("nbest", nBest);
        }
        if (!result.hotwords().isEmpty()) {
            JsonArray hotwords = new JsonArray();
            result.hotwords().forEach(outcome -> hotwords.add(hotword(outcome)));
            object.add("hotwords", hotwords);
        }
        return output(OK, "OK", object);
    }

    private static Output refusal(String problem) {
        JsonObject object = new JsonObject();
        object.addProperty("error", problem);
        return output(BAD_REQUEST, problem, object);
    }

    private JsonObject object(Hypothesis hypothesis) {
        JsonObject object = new JsonObject();
        object.addProperty("text", hypothesis.text());
        object.add("score", number(hypothesis.score()));
        object.add("words", words(hypothesis.words()));
        return object;
    }

    private JsonArray words(List<WordSpan> words) {
        JsonArray array = new JsonArray();
        for (WordSpan word : words) {
            JsonObject object = new JsonObject();
            object.addProperty("word", word.word());
            object.add("start", position(word.startFrame()));
            object.add("end", position(word.endFrame()));
            object.add("confidence", number(word.confidence()));
            array.add(object);
        }
        return array;
    }

    private JsonElement position(int frame) {
        return secondsPerFrame.isPresent()
                ? number(frame * secondsPerFrame.getAsDouble())
                : new JsonPrimitive(frame);
    }

    private static JsonObject hotword(HotwordOutcome outcome) {
        JsonObject object = new JsonObject();
        object.addProperty("phrase", outcome.hotword().phrase());
        object.addProperty("status", outcome.status().name());
        object.addProperty("explanation", outcome.explanation());
        return object;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    private static Output output(int code, String message, JsonObject object) {
        Output output = new Output(code, message);
        output.addProperty("Content-Type", "application/json");
        output.add(BytesSupplier.wrap(GSON.toJson(object)));
        return output;
    }
}
