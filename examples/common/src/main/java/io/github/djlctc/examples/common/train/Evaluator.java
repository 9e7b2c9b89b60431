package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Measures a model on samples. */
final class Evaluator {

    private static final String KEY = "evaluation";

    private final RecognitionModel model;
    private final BatchLoader loader;
    private final CTCLoss loss;

    Evaluator(RecognitionModel model, BatchLoader loader) {
        this.model = model;
        this.loader = loader;
        loss = CTCLoss.builder().optBlank(model.alphabet().blank()).build();
    }

    /** Decodes greedily. */
    Evaluation evaluate(List<PreparedSample> samples) throws IOException {
        return evaluate(samples, List.of(Decoding.greedy(model.decoder()))).get(0);
    }

    /** Decodes in several ways; the results are in their order. */
    List<Evaluation> evaluate(List<PreparedSample> samples, List<Decoding> decodings)
            throws IOException {
        loss.addAccumulator(KEY);
        SampleDataset dataset = SampleDataset.ofEvaluation(samples, model.dimensions());
        Transcript[][] transcripts = new Transcript[decodings.size()][samples.size()];
        try (NDManager manager = model.djlModel().getNDManager().newSubManager();
                BatchStream batches = loader.load(dataset, manager)) {
            ParameterStore parameters = new ParameterStore(manager, false);
            Optional<Batch> next = batches.next();
            while (next.isPresent()) {
                try (Batch batch = next.get()) {
                    NDList predictions =
                            model.djlModel().getBlock().forward(parameters, batch.getData(), false);
                    loss.updateAccumulator(KEY, batch.getLabels(), predictions);
                    List<float[]> emissions = emissions(predictions.get(0), predictions.get(1));
                    for (int n = 0; n < emissions.size(); n++) {
                        int index = ((Long) batch.getIndices().get(n)).intValue();
                        for (int d = 0; d < transcripts.length; d++) {
                            transcripts[d][index] =
                                    decode(samples.get(index), emissions.get(n), decodings.get(d));
                        }
                    }
                }
                next = batches.next();
            }
        }
        WordErrorUnit unit = WordErrorUnit.of(model.alphabet());
        List<Evaluation> evaluations = new ArrayList<>();
        for (Transcript[] ofDecoding : transcripts) {
            evaluations.add(Evaluation.of(loss.getAccumulator(KEY), unit, List.of(ofDecoding)));
        }
        return evaluations;
    }

    /** Returns the logits of each sample within its length, row by row. */
    private static List<float[]> emissions(NDArray logits, NDArray lengths) {
        int rows = Math.toIntExact(logits.getShape().get(1));
        int classes = Math.toIntExact(logits.getShape().get(2));
        float[] values = HostArrays.readFloats(logits);
        List<float[]> emissions = new ArrayList<>();
        for (long length : HostArrays.readLongs(lengths)) {
            int from = emissions.size() * rows * classes;
            emissions.add(Arrays.copyOfRange(values, from, from + (int) length * classes));
        }
        return emissions;
    }

    private Transcript decode(PreparedSample sample, float[] emissions, Decoding decoding) {
        int frames = emissions.length / model.alphabet().size();
        String text = decoding.decoder().decode(emissions, frames).text();
        return new Transcript(sample.id(), sample.text(), text);
    }
}
