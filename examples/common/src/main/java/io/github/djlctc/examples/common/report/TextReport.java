package io.github.djlctc.examples.common.report;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.checkpoint.TrainingPosition;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.console.TextTable;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.decoding.TunedDecoder;
import io.github.djlctc.examples.common.train.ConcatenatedPairs;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Aligned tables for people. */
public final class TextReport implements RunReport {

    private static final int SHOWN_TRANSCRIPTS = 20;
    private static final int SHOWN_SKIPPED = 5;

    private final PrintWriter out;
    private final ProgramTerms words;
    private boolean hasTable;
    private boolean isAveraged;

    /**
     * Creates a report.
     *
     * @param out takes it
     * @param words how the program speaks
     */
    public TextReport(PrintWriter out, ProgramTerms words) {
        this.out = out;
        this.words = words;
    }

    @Override
    public void start(RunDescription run) {
        isAveraged = run.options().averaging().decay().isPresent();
        run.allFacts().forEach((heading, fact) -> print("%-9s %s%n", heading, fact));
        print("%n");
    }

    @Override
    public void audit(LabelAuditReport audit, Path file) {
        print(
                "audit     %s: %d of %d %s can be trained on%n",
                audit.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                audit.usable(),
                audit.samples(),
                words.unit());
        audit.frameRatio()
                .ifPresent(
                        ratio ->
                                print(
                                        "          frames by those that the transcript needs:"
                                                + " minimum %.1f, median %.1f%n",
                                        ratio.minimum(), ratio.median()));
        for (AuditFinding finding : audit.findings()) {
            print(
                    "          %s: %d%s%n",
                    finding.summary(),
                    finding.count(),
                    finding.sampleIds().isEmpty()
                            ? ""
                            : ", the first " + finding.sampleIds().get(0));
        }
        if (!audit.findings().isEmpty()) {
            print("          What to do: %s with the same data, or %s%n", words.audit(), file);
        }
        print("%n");
    }

    @Override
    public void concatenated(ConcatenatedPairs pairs) {
        if (pairs.pairs() > 0) {
            print(
                    "pairs     %d, of %d %s: %d to read in an epoch%n%n",
                    pairs.pairs(), pairs.samples(), words.unit(), pairs.samplesPerEpoch());
        } else {
            print(
                    "pairs     none, since no two %s are together within the longest one and"
                            + " --max-batch-frames and have frames for both texts, or --concatenate"
                            + " is too small: the model does not learn what comes after a pause%n%n",
                    words.unit());
        }
    }

    @Override
    public void resume(TrainingPosition position) {
        print("resumes   epoch %d, batch %d%n%n", position.epoch() + 1, position.batch() + 1);
    }

    @Override
    public void epoch(EpochResult result) {
        if (!hasTable) {
            hasTable = true;
            print(
                    "epoch  loss     validation loss  CER %%   WER %%   blank %%  gradient norm"
                            + "  learning rate  seconds: data/forward/backward/update %%%n");
        }
        EpochStatistics statistics = result.statistics();
        print(
                "%5d  %7.4f  %15.4f  %6.2f  %6.2f  %7.2f  %13.2f  %13.6f  %7.1f: %s%s%s%s%n",
                result.epoch(),
                result.trainingLoss(),
                result.validationLoss(),
                100 * result.characters().rate(),
                100 * result.words().rate(),
                100 * statistics.blankShare(),
                statistics.gradientNorm(),
                result.learningRate(),
                result.seconds(),
                shares(result.times(), result.seconds()),
                leftOut(statistics.infeasibleShare()),
                isAveraged ? "  validated: average" : "",
                result.best() ? "  best" : "");
        TrainingDiagnosis diagnosis = result.diagnosis();
        if (diagnosis != TrainingDiagnosis.HEALTHY) {
            print("       %s: %s%n", name(diagnosis), diagnosis.remedy());
        }
    }

    /** The loss is that of the other samples, which may be the easier ones. */
    private static String leftOut(double share) {
        return share > 0
                ? String.format(Locale.ROOT, "  %.1f %% of samples left out", 100 * share)
                : "";
    }

    /** The shares do not add up to 100 %, since validation and saving are not among them. */
    private static String shares(StepTimes times, double seconds) {
        return String.format(
                Locale.ROOT,
                "%.0f/%.0f/%.0f/%.0f",
                100 * times.waiting() / seconds,
                100 * times.forward() / seconds,
                100 * times.backward() / seconds,
                100 * times.update() / seconds);
    }

    @Override
    public void mean(MeanResult mean) {
        Evaluation evaluation = mean.evaluation();
        print(
                "%nmean      of the parameters of the best %d epochs: validation loss %.4f,"
                        + " CER %.2f %%, %s %.2f %%%n",
                mean.epochs(),
                evaluation.loss(),
                100 * evaluation.characters().rate(),
                evaluation.unit().shortName(),
                100 * evaluation.words().rate());
        print(
                "          %s%n",
                mean.best()
                        ? "It is better than the best epoch, and is the model."
                        : "It is not better than the best epoch, which is the model.");
    }

    private static String name(TrainingDiagnosis diagnosis) {
        return diagnosis.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public void tuned(TunedDecoder decoder) {
        boolean searches = decoder.choice() == TunedDecoder.Choice.SEARCH;
        String not = decoder.search().isPresent() && !searches ? ", not with " : ", ";
        print(
                "%ndecoder   %s%s%s%n",
                searches ? "beam search" : "greedy", not, decoder.description());
        print(
                "          on %d validation %s: %s greedily%s%n",
                decoder.samples(),
                words.unit(),
                rate(decoder.ofGreedy()),
                decoder.ofSearch().map(found -> ", " + rate(found) + " with it").orElse(""));
    }

    private static String rate(DecodingErrors errors) {
        return String.format(
                Locale.ROOT, "%s %.2f %%", errors.unit().shortName(), 100 * errors.words().rate());
    }

    @Override
    public void transcripts(Evaluation evaluation, Path file) {
        TextTable table =
                new TextTable()
                        .left("id")
                        .right(evaluation.unit().shortName() + " %")
                        .left("reference and hypothesis");
        List<Transcript> transcripts = evaluation.transcripts();
        for (Transcript transcript :
                transcripts.subList(0, Math.min(SHOWN_TRANSCRIPTS, transcripts.size()))) {
            table.row(
                    transcript.id(),
                    ErrorRateTable.percent(transcript.wordErrors(evaluation.unit())),
                    transcript.reference());
            table.row("", "", transcript.hypothesis());
        }
        print("%n%s%n", table);
        if (transcripts.size() > SHOWN_TRANSCRIPTS) {
            print("All %d are in %s.%n%n", transcripts.size(), file);
        }
    }

    @Override
    public void skipped(SkippedSamples skipped) {
        skipped.summary(SHOWN_SKIPPED).forEach(out::println);
        out.flush();
    }

    @Override
    public void errors(String split, String decoding, Evaluation evaluation) {
        String title = split + ", " + decoding;
        print(
                "%s%n",
                ErrorRateTable.of(
                        title, evaluation.unit(), evaluation.words(), evaluation.characters()));
        if (evaluation.withoutText() > 0) {
            print(
                    "warning: nothing that the lexicon permits fits %d of %d %s, so their texts are"
                            + " empty%n",
                    evaluation.withoutText(), evaluation.transcripts().size(), words.unit());
        }
    }

    @Override
    public void end(double seconds, OptionalLong peakMebibytes, Path modelFolder) {
        print("%nModel and report.html in %s after %.0f s.", modelFolder, seconds);
        peakMebibytes.ifPresent(size -> print(" Peak memory %d MiB.", size));
        print("%n" + words.use() + "%n", modelFolder);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
