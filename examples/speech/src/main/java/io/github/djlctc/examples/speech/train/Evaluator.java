package io.github.djlctc.examples.speech.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;

import io.github.djlctc.dataset.LengthBucketSampler;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.loss.CTCLoss;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures a model on utterances by greedy decoding. */
final class Evaluator {

    private static final int BATCH_SIZE = 16;
    private static final String KEY = "evaluation";

    private final SpeechModel model;
    private final CTCLoss loss;

    Evaluator(SpeechModel model) {
        this.model = model;
        loss = CTCLoss.builder().optBlank(model.alphabet().blank()).build();
    }

    Evaluation evaluate(List<PreparedUtterance> utterances) throws IOException, TranslateException {
        loss.addAccumulator(KEY);
        SpeechDataset dataset = dataset(utterances);
        Transcript[] transcripts = new Transcript[utterances.size()];
        try (NDManager manager = model.djlModel().getNDManager().newSubManager()) {
            ParameterStore parameters = new ParameterStore(manager, false);
            for (Batch batch : dataset.getData(manager)) {
                try (batch) {
                    NDList predictions =
                            model.djlModel().getBlock().forward(parameters, batch.getData(), false);
                    loss.updateAccumulator(KEY, batch.getLabels(), predictions);
                    List<Hypothesis> hypotheses =
                            model.decoder().decode(predictions.get(0), predictions.get(1));
                    for (int n = 0; n < hypotheses.size(); n++) {
                        int index = ((Long) batch.getIndices().get(n)).intValue();
                        PreparedUtterance utterance = utterances.get(index);
                        transcripts[index] =
                                new Transcript(
                                        utterance.id(), utterance.text(), hypotheses.get(n).text());
                    }
                }
            }
        }
        return Evaluation.of(loss.getAccumulator(KEY), new ArrayList<>(List.of(transcripts)));
    }

    private SpeechDataset dataset(List<PreparedUtterance> utterances) {
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(
                                utterances.stream().mapToInt(PreparedUtterance::frames).toArray())
                        .optBatchSize(BATCH_SIZE)
                        .build();
        return SpeechDataset.builder(utterances, model.extractor()).setSampling(sampler).build();
    }
}
