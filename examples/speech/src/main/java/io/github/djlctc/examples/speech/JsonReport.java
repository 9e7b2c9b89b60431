package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.corpus.Corpus;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.train.EpochResult;
import io.github.djlctc.examples.speech.train.Evaluation;
import io.github.djlctc.examples.speech.train.TrainingOptions;
import io.github.djlctc.examples.speech.train.Transcript;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One JSON object a line, each with its kind in {@code event}. Numbers that JSON cannot hold (a
 * loss that is infinite or not a number) are null.
 */
final class JsonReport implements Report {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private final PrintWriter out;

    JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void start(
            Corpus corpus, ModelConfig config, Alphabet alphabet, TrainingOptions options) {
        JsonObject event = event("start");
        event.addProperty("data", corpus.name());
        event.addProperty("train", corpus.train().size());
        event.addProperty("validation", corpus.validation().size());
        event.addProperty("test", corpus.test().size());
        event.add("model", GSON.toJsonTree(config));
        event.addProperty("classes", alphabet.size());
        event.addProperty("epochs", options.epochs());
        event.addProperty("seed", options.seed());
        print(event);
    }

    @Override
    public void epoch(EpochResult result) {
        JsonObject event = event("epoch");
        event.addProperty("epoch", result.epoch());
        addNumber(event, "loss", result.trainingLoss());
        addNumber(event, "validationLoss", result.validation().loss());
        addNumber(event, "cer", result.validation().characters().rate());
        addNumber(event, "wer", result.validation().words().rate());
        addNumber(event, "gradientNorm", result.gradientNorm());
        addNumber(event, "learningRate", result.learningRate());
        addNumber(event, "seconds", result.seconds());
        event.addProperty("best", result.best());
        print(event);
    }

    @Override
    public void transcripts(Evaluation evaluation, Path file) {
        for (Transcript transcript : evaluation.transcripts()) {
            JsonObject event = TranscriptFile.object(transcript);
            event.addProperty("event", "transcript");
            print(event);
        }
    }

    @Override
    public void skipped(SkippedSamples skipped) {
        for (SkippedSamples.Skipped sample : skipped.list()) {
            JsonObject event = event("skipped");
            event.addProperty("utt", sample.id());
            event.addProperty("reason", sample.reason());
            event.addProperty("detail", sample.detail());
            print(event);
        }
    }

    @Override
    public void errors(String split, Evaluation evaluation) {
        JsonObject event = event("errors");
        event.addProperty("split", split);
        addNumber(event, "loss", evaluation.loss());
        event.add("words", counts(evaluation.words()));
        event.add("characters", counts(evaluation.characters()));
        print(event);
    }

    private static JsonObject counts(ErrorCounts counts) {
        JsonObject object = GSON.toJsonTree(counts).getAsJsonObject();
        addNumber(object, "rate", counts.rate());
        return object;
    }

    @Override
    public void end(double seconds, OptionalLong peakMebibytes, Path modelFolder) {
        JsonObject event = event("end");
        addNumber(event, "seconds", seconds);
        peakMebibytes.ifPresent(size -> event.addProperty("peakMebibytes", size));
        event.addProperty("model", modelFolder.toString());
        print(event);
    }

    private static void addNumber(JsonObject object, String key, double value) {
        object.add(key, Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE);
    }

    private static JsonObject event(String kind) {
        JsonObject object = new JsonObject();
        object.addProperty("event", kind);
        return object;
    }

    private void print(JsonObject object) {
        out.println(GSON.toJson(object));
        out.flush();
    }
}
