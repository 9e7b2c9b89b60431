package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.common.report.TestReport;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.ModelTest;
import io.github.djlctc.examples.common.train.RecognitionModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code evaluate} of a program: the errors of a trained model on a split.
 *
 * @param <S> what a sample is
 * @param <M> what a model is
 */
@Command(
        description =
                "Measures the errors of a trained model: by greedy decoding, and with the language"
                        + " model and lexicon of the options, or else of the model's folder. Options"
                        + " of the data that are not given are those that it was trained with.",
        sortOptions = false)
public abstract class EvaluationCommand<S extends CorpusSample, M extends RecognitionModel>
        extends ModelDataCommand<S, M> {

    @Mixin private DecoderOptions decoder;
    @Mixin private ReportOptions report;

    /** Creates the command; picocli sets its options. */
    protected EvaluationCommand() {}

    @Override
    final void check(Path folder) throws IOException {
        decoder.check(folder);
    }

    @Override
    final void run(ModelOnSplit<S, M> task) throws Exception {
        M model = task.model();
        List<Decoding> decodings = new ArrayList<>(List.of(Decoding.greedy(model.decoder())));
        ModelDecoder chosen = decoder.load(task.folder(), model);
        if (!chosen.isGreedy()) {
            decodings.add(chosen.decoding());
        }
        List<Evaluation> evaluations =
                new ModelTest<>(model, task.reader(), task.unit(), task.skipped())
                        .run(task.split(), task.samples(), decodings);
        new TestReport(task.split(), decodings, evaluations)
                .print(
                        report.open(program().terms()),
                        task.folder(),
                        "evaluation-" + task.split(),
                        task.skipped());
    }
}
