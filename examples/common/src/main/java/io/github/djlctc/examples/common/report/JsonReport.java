package io.github.djlctc.examples.common.report;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.checkpoint.TrainingPosition;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.decoding.TunedDecoder;
import io.github.djlctc.examples.common.train.ConcatenatedPairs;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.monitor.EpochStatistics;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One JSON object a line, each with its kind in {@code event}. Numbers that JSON cannot hold (a
 * loss that is infinite or not a number) are null.
 */
public final class JsonReport implements RunReport {

    private final PrintWriter out;
    private OptionalDouble average = OptionalDouble.empty();

    /**
     * Creates a report.
     *
     * @param out takes it
     */
    public JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void start(RunDescription run) {
        Corpus<?> corpus = run.corpus();
        JsonObject event = JsonOutput.event("start");
        event.addProperty("data", corpus.name());
        event.addProperty("train", corpus.train().size());
        event.addProperty("validation", corpus.validation().size());
        event.addProperty("test", corpus.test().size());
        event.add("model", run.settings());
        event.addProperty("classes", run.classes());
        event.addProperty("device", run.deviceName());
        event.addProperty("epochs", run.options().epochs());
        event.addProperty("seed", run.options().seed());
        event.addProperty("replicas", run.options().replicasOn(run.device()));
        average = run.options().averaging().decay();
        addAverage(event);
        if (run.options().averaging().bestEpochs() > 0) {
            event.addProperty("meanOfBest", run.options().averaging().bestEpochs());
        }
        if (run.options().consistencyWeight() > 0) {
            event.addProperty("consistency", run.options().consistencyWeight());
        }
        if (run.options().concatenatedShare() > 0) {
            event.addProperty("concatenate", run.options().concatenatedShare());
        }
        print(event);
    }

    @Override
    public void audit(LabelAuditReport audit, Path file) {
        JsonObject event = JsonOutput.event("audit");
        JsonParser.parseString(audit.toJson())
                .getAsJsonObject()
                .entrySet()
                .forEach(entry -> event.add(entry.getKey(), entry.getValue()));
        print(event);
    }

    @Override
    public void concatenated(ConcatenatedPairs pairs) {
        JsonObject event = JsonOutput.event("concatenated");
        event.addProperty("pairs", pairs.pairs());
        event.addProperty("samples", pairs.samples());
        print(event);
    }

    @Override
    public void resume(TrainingPosition position) {
        JsonObject event = JsonOutput.event("resume");
        event.addProperty("epoch", position.epoch() + 1);
        event.addProperty("batch", position.batch() + 1);
        print(event);
    }

    @Override
    public void epoch(EpochResult result) {
        JsonObject event = JsonOutput.event("epoch");
        event.addProperty("epoch", result.epoch());
        event.add("loss", JsonOutput.number(result.trainingLoss()));
        event.add("validationLoss", JsonOutput.number(result.validationLoss()));
        event.add("cer", JsonOutput.number(result.characters().rate()));
        event.add("wer", JsonOutput.number(result.words().rate()));
        EpochStatistics statistics = result.statistics();
        event.add("gradientNorm", JsonOutput.number(statistics.gradientNorm()));
        event.add("clipRate", JsonOutput.number(statistics.clipRate()));
        event.add("blankShare", JsonOutput.number(statistics.blankShare()));
        event.add("entropy", JsonOutput.number(statistics.entropy()));
        event.add("leftOutShare", JsonOutput.number(statistics.infeasibleShare()));
        event.addProperty("skippedSteps", statistics.skippedSteps());
        event.addProperty("diagnosis", result.diagnosis().name());
        event.add("learningRate", JsonOutput.number(result.learningRate()));
        if (result.consistency() != null) {
            event.add("consistency", JsonOutput.number(result.consistency()));
        }
        event.add("seconds", JsonOutput.number(result.seconds()));
        event.add("stepSeconds", stepSeconds(result.times()));
        addAverage(event);
        event.addProperty("best", result.best());
        print(event);
    }

    /** Says that what was validated is the average of the parameters, and of what decay. */
    private void addAverage(JsonObject event) {
        average.ifPresent(decay -> event.addProperty("average", decay));
    }

    @Override
    public void mean(MeanResult mean) {
        JsonObject event = JsonOutput.event("mean");
        event.addProperty("epochs", mean.epochs());
        event.add("validationLoss", JsonOutput.number(mean.evaluation().loss()));
        event.add("cer", JsonOutput.number(mean.evaluation().characters().rate()));
        event.add("wer", JsonOutput.number(mean.evaluation().words().rate()));
        event.addProperty("best", mean.best());
        print(event);
    }

    private static JsonObject stepSeconds(StepTimes times) {
        JsonObject object = new JsonObject();
        object.add("waiting", JsonOutput.number(times.waiting()));
        object.add("forward", JsonOutput.number(times.forward()));
        object.add("backward", JsonOutput.number(times.backward()));
        object.add("update", JsonOutput.number(times.update()));
        return object;
    }

    @Override
    public void tuned(TunedDecoder decoder) {
        JsonObject event = JsonOutput.event("decoder");
        event.addProperty("decoder", decoder.choice().name().toLowerCase(Locale.ROOT));
        event.addProperty("description", decoder.description());
        event.addProperty("validation", decoder.samples());
        event.add("greedy", errors(decoder.ofGreedy()));
        decoder.ofSearch().ifPresent(found -> event.add("search", errors(found)));
        print(event);
    }

    private static JsonObject errors(DecodingErrors errors) {
        JsonObject object = new JsonObject();
        JsonOutput.addErrors(object, errors.unit(), errors.words(), errors.characters());
        return object;
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
            JsonObject event = JsonOutput.event("skipped");
            event.addProperty("utt", sample.id());
            event.addProperty("reason", sample.reason());
            event.addProperty("detail", sample.detail());
            print(event);
        }
    }

    @Override
    public void errors(String split, String decoding, Evaluation evaluation) {
        JsonObject event = JsonOutput.event("errors");
        event.addProperty("split", split);
        event.addProperty("decoding", decoding);
        event.add("loss", JsonOutput.number(evaluation.loss()));
        JsonOutput.addErrors(event, evaluation.unit(), evaluation.words(), evaluation.characters());
        event.addProperty("withoutText", evaluation.withoutText());
        print(event);
    }

    @Override
    public void end(double seconds, OptionalLong peakMebibytes, Path modelFolder) {
        JsonObject event = JsonOutput.event("end");
        event.add("seconds", JsonOutput.number(seconds));
        peakMebibytes.ifPresent(size -> event.addProperty("peakMebibytes", size));
        event.addProperty("model", modelFolder.toString());
        print(event);
    }

    private void print(JsonObject object) {
        out.println(JsonOutput.line(object));
        out.flush();
    }
}
