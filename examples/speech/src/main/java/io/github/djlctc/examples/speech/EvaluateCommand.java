package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.ReportOptions;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.report.RunReport;
import io.github.djlctc.examples.common.report.TranscriptFile;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.ModelTest;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.train.UtteranceReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code speech evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures the errors of a trained model.",
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    enum SplitName {
        TRAIN,
        VALIDATION,
        TEST
    }

    @Mixin private DataOptions data;
    @Mixin private EngineOptions engine;
    @Mixin private ReportOptions report;

    @Option(
            names = "--model",
            defaultValue = "${ROOT-COMMAND-NAME}-model",
            paramLabel = "DIR",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description =
                    "What to measure on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private SplitName split;

    @Override
    public Integer call() throws Exception {
        engine.apply();
        SkippedSamples skipped = data.newSkippedSamples();
        Corpus<Utterance> corpus = data.load(skipped);
        String name = split.name().toLowerCase(Locale.ROOT);
        try (SpeechModel model = SpeechModel.load(folder)) {
            Evaluation evaluation =
                    new ModelTest<>(model, UtteranceReader.plain(model), corpus.unit(), skipped)
                            .run(name, utterances(corpus));
            Path file = folder.resolve(name + ".jsonl");
            TranscriptFile.write(file, evaluation.transcripts());
            RunReport out = report.open(SpeechCommand.WORDS);
            out.transcripts(evaluation, file);
            out.skipped(skipped);
            out.errors(name, evaluation);
        }
        return 0;
    }

    private List<Utterance> utterances(Corpus<Utterance> corpus) {
        return switch (split) {
            case TRAIN -> corpus.train();
            case VALIDATION -> corpus.validation();
            case TEST -> corpus.test();
        };
    }
}
