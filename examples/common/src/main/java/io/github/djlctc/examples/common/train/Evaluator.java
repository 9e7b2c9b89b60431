package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.loss.CTCLoss;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures a model on samples by greedy decoding. */
final class Evaluator {

    private static final String KEY = "evaluation";

    private final RecognitionModel model;
    private final CTCLoss loss;

    Evaluator(RecognitionModel model) {
        this.model = model;
        loss = CTCLoss.builder().optBlank(model.alphabet().blank()).build();
    }

    Evaluation evaluate(List<PreparedSample> samples) throws IOException, TranslateException {
        loss.addAccumulator(KEY);
        Transcript[] transcripts = new Transcript[samples.size()];
        try (NDManager manager = model.djlModel().getNDManager().newSubManager()) {
            ParameterStore parameters = new ParameterStore(manager, false);
            for (Batch batch : SampleDataset.ofEvaluation(samples).getData(manager)) {
                try (batch) {
                    NDList predictions =
                            model.djlModel().getBlock().forward(parameters, batch.getData(), false);
                    loss.updateAccumulator(KEY, batch.getLabels(), predictions);
                    List<Hypothesis> hypotheses =
                            model.decoder().decode(predictions.get(0), predictions.get(1));
                    for (int n = 0; n < hypotheses.size(); n++) {
                        int index = ((Long) batch.getIndices().get(n)).intValue();
                        PreparedSample sample = samples.get(index);
                        transcripts[index] =
                                new Transcript(
                                        sample.id(), sample.text(), hypotheses.get(n).text());
                    }
                }
            }
        }
        return Evaluation.of(loss.getAccumulator(KEY), new ArrayList<>(List.of(transcripts)));
    }
}
