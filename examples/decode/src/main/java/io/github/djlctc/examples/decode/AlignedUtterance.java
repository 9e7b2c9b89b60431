package io.github.djlctc.examples.decode;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.emission.Utterance;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.common.report.TextGrid;
import io.github.djlctc.examples.common.report.TextGrid.Interval;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.List;
import java.util.function.Function;

/**
 * An utterance whose text is aligned with its frames.
 *
 * @param utterance the utterance
 * @param text what was said
 * @param alignment where its tokens and words lie
 */
record AlignedUtterance(Utterance utterance, String text, Alignment alignment) {

    JsonObject json(FrameScale times) {
        JsonArray words = new JsonArray();
        for (WordSpan word : alignment.words()) {
            JsonObject object = span("word", word.word(), word, times);
            object.add("score", JsonOutput.number(word.logProbability()));
            object.add("confidence", JsonOutput.number(word.confidence()));
            words.add(object);
        }
        JsonArray tokens = new JsonArray();
        for (TokenSpan token : alignment.tokens()) {
            JsonObject object = span("token", token.token(), token, times);
            object.add("score", JsonOutput.number(token.logProbability()));
            object.add("confidence", JsonOutput.number(token.confidence()));
            tokens.add(object);
        }
        JsonObject object = new JsonObject();
        object.addProperty("utt", utterance.id());
        object.addProperty("text", text);
        object.add("score", JsonOutput.number(alignment.score()));
        object.add("words", words);
        object.add("tokens", tokens);
        return object;
    }

    private static JsonObject span(String kind, String label, FrameSpan span, FrameScale times) {
        JsonObject object = new JsonObject();
        object.addProperty(kind, label);
        object.addProperty("start", times.position(span.startFrame()));
        object.addProperty("end", times.position(span.endFrame()));
        return object;
    }

    TextGrid textGrid(FrameScale times) {
        return new TextGrid(times.position(utterance.frames()).doubleValue())
                .tier("words", intervals(alignment.words(), WordSpan::word, times))
                .tier("tokens", intervals(alignment.tokens(), TokenSpan::token, times));
    }

    private static <S extends FrameSpan> List<Interval> intervals(
            List<S> spans, Function<S, String> label, FrameScale times) {
        return spans.stream()
                .map(
                        span ->
                                new Interval(
                                        times.position(span.startFrame()).doubleValue(),
                                        times.position(span.endFrame()).doubleValue(),
                                        label.apply(span)))
                .toList();
    }
}
