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
import com.google.gson.JsonObject;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalLong;

/** One JSON object a line, each with its kind in {@code event}. */
final class JsonReport implements Report {

    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().disableHtmlEscaping().create();

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
        event.addProperty("loss", result.trainingLoss());
        event.addProperty("validationLoss", result.validation().loss());
        event.addProperty("cer", result.validation().characters().rate());
        event.addProperty("wer", result.validation().words().rate());
        event.addProperty("gradientNorm", result.gradientNorm());
        event.addProperty("learningRate", result.learningRate());
        event.addProperty("seconds", result.seconds());
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
        event.addProperty("loss", evaluation.loss());
        event.add("words", counts(evaluation.words()));
        event.add("characters", counts(evaluation.characters()));
        print(event);
    }

    private static JsonObject counts(ErrorCounts counts) {
        JsonObject object = GSON.toJsonTree(counts).getAsJsonObject();
        object.addProperty("rate", counts.rate());
        return object;
    }

    @Override
    public void end(double seconds, OptionalLong peakMebibytes, Path modelFolder) {
        JsonObject event = event("end");
        event.addProperty("seconds", seconds);
        peakMebibytes.ifPresent(size -> event.addProperty("peakMebibytes", size));
        event.addProperty("model", modelFolder.toString());
        print(event);
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
