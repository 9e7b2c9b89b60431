package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.HotwordOutcome;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.List;

/** The result of an utterance as JSON. */
final class ResultJson {

    private final FrameScale times;

    ResultJson(FrameScale times) {
        this.times = times;
    }

    void addTo(JsonObject object, String id, BeamSearchResult result) {
        Hypothesis best = result.best();
        object.addProperty("utt", id);
        addScores(object, best);
        JsonArray words = new JsonArray();
        best.words().forEach(word -> words.add(word(word)));
        object.add("words", words);
        JsonArray nBest = new JsonArray();
        for (Hypothesis hypothesis : result.nBest()) {
            JsonObject entry = new JsonObject();
            addScores(entry, hypothesis);
            nBest.add(entry);
        }
        object.add("nbest", nBest);
        if (!result.hotwords().isEmpty()) {
            JsonArray hotwords = new JsonArray();
            result.hotwords().forEach(outcome -> hotwords.add(hotword(outcome)));
            object.add("hotwords", hotwords);
        }
    }

    private static void addScores(JsonObject object, Hypothesis hypothesis) {
        object.addProperty("text", hypothesis.text());
        object.add("score", JsonOutput.number(hypothesis.score()));
        object.add("acoustic", JsonOutput.number(hypothesis.acousticScore()));
        object.add("lm", JsonOutput.number(hypothesis.languageModelScore()));
    }

    private JsonObject word(WordSpan word) {
        JsonObject object = new JsonObject();
        object.addProperty("word", word.word());
        addTimes(object, word.startFrame(), word.endFrame());
        object.add("confidence", JsonOutput.number(word.confidence()));
        return object;
    }

    private JsonObject hotword(HotwordOutcome outcome) {
        JsonObject object = new JsonObject();
        object.addProperty("phrase", outcome.hotword().phrase());
        object.addProperty("weight", outcome.hotword().weight());
        object.add("status", JsonOutput.tree(outcome.status()));
        object.addProperty("explanation", outcome.explanation());
        JsonArray occurrences = new JsonArray();
        for (List<WordSpan> words : outcome.occurrences()) {
            FrameSpan first = words.get(0);
            FrameSpan last = words.get(words.size() - 1);
            JsonObject occurrence = new JsonObject();
            addTimes(occurrence, first.startFrame(), last.endFrame());
            occurrences.add(occurrence);
        }
        object.add("occurrences", occurrences);
        return object;
    }

    private void addTimes(JsonObject object, int startFrame, int endFrame) {
        object.addProperty("start", times.position(startFrame));
        object.addProperty("end", times.position(endFrame));
    }
}
