package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.decoding.DecoderTuning;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.decoding.EmittedSamples;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Measures a model on samples. */
final class Evaluator {

    private static final String KEY = "evaluation";

    /** The most logits in memory at once for tuning: 32 MiB. */
    private static final long MOST_VALUES = 8L << 20;

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
        Transcript[][] transcripts = new Transcript[decodings.size()][samples.size()];
        int[] withoutText = new int[decodings.size()];
        run(
                samples,
                (batch, predictions) -> loss.updateAccumulator(KEY, batch.getLabels(), predictions),
                (index, emissions) -> {
                    for (int d = 0; d < transcripts.length; d++) {
                        Hypothesis found = decode(emissions, decodings.get(d));
                        withoutText[d] += found.isNothing() ? 1 : 0;
                        transcripts[d][index] = transcript(samples.get(index), found);
                    }
                });
        WordErrorUnit unit = WordErrorUnit.of(model.alphabet());
        List<Evaluation> evaluations = new ArrayList<>();
        for (int d = 0; d < transcripts.length; d++) {
            evaluations.add(
                    Evaluation.of(
                            loss.getAccumulator(KEY),
                            unit,
                            List.of(transcripts[d]),
                            withoutText[d]));
        }
        return evaluations;
    }

    /** Keeps the logits of the first, every second or every n-th sample, to decode them often. */
    EmittedSamples emissions(List<PreparedSample> samples) throws IOException {
        long frames = samples.stream().mapToLong(s -> model.logitFrames(s.frames())).sum();
        long most = Math.min(DecoderTuning.MOST_FRAMES, MOST_VALUES / model.alphabet().size());
        int step = Math.toIntExact(Math.max(1, (frames + most - 1) / most));
        List<PreparedSample> chosen = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += step) {
            chosen.add(samples.get(i));
        }
        float[][] emissions = new float[chosen.size()][];
        emit(chosen, (index, values) -> emissions[index] = values);
        EmittedSamples emitted = new EmittedSamples(model.alphabet());
        for (int i = 0; i < emissions.length; i++) {
            emitted.add(chosen.get(i).text(), emissions[i]);
        }
        return emitted;
    }

    /** Runs the model on the samples, those of similar length together. */
    void emit(List<PreparedSample> samples, EmissionSink sink) throws IOException {
        run(samples, (batch, predictions) -> {}, sink);
    }

    private void run(
            List<PreparedSample> samples, BiConsumer<Batch, NDList> onBatch, EmissionSink sink)
            throws IOException {
        SampleDataset dataset = SampleDataset.ofEvaluation(samples, model.dimensions());
        try (NDManager manager = model.djlModel().getNDManager().newSubManager();
                BatchStream batches = loader.load(dataset, manager)) {
            ParameterStore parameters = new ParameterStore(manager, false);
            Optional<Batch> next = batches.next();
            while (next.isPresent()) {
                try (Batch batch = next.get()) {
                    BatchMemoryException.guard(
                            dataset,
                            batch.getIndices(),
                            () -> run(batch, parameters, onBatch, sink));
                }
                next = batches.next();
            }
        }
    }

    private void run(
            Batch batch,
            ParameterStore parameters,
            BiConsumer<Batch, NDList> onBatch,
            EmissionSink sink)
            throws IOException {
        NDList predictions =
                model.djlModel().getBlock().forward(parameters, batch.getData(), false);
        onBatch.accept(batch, predictions);
        List<float[]> emissions = emissions(predictions.get(0), predictions.get(1));
        for (int n = 0; n < emissions.size(); n++) {
            int index = ((Long) batch.getIndices().get(n)).intValue();
            sink.accept(index, emissions.get(n));
        }
    }

    /** Takes what the model makes of samples. */
    @FunctionalInterface
    interface EmissionSink {

        /**
         * Takes the logits of a sample.
         *
         * @param index its place in the list
         * @param logits of shape (frames, C), row by row
         */
        void accept(int index, float[] logits) throws IOException;
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

    private Hypothesis decode(float[] emissions, Decoding decoding) {
        int frames = emissions.length / model.alphabet().size();
        return decoding.decoder().decode(emissions, frames);
    }

    private static Transcript transcript(PreparedSample sample, Hypothesis found) {
        return new Transcript(sample.id(), sample.text(), found.text());
    }
}
