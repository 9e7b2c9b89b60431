package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.examples.common.picture.Posteriors;
import io.github.djlctc.host.HostArrays;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Takes the posteriors of some samples, and aligns their references with them. */
final class SampleAlignment {

    private static final int SHOWN = 4;

    private final RecognitionModel model;
    private final ForcedAligner aligner;

    SampleAlignment(RecognitionModel model) {
        this.model = model;
        aligner = ForcedAligner.builder().setAlphabet(model.alphabet()).build();
    }

    /** Returns a few samples spread over those of an evaluation, from the worst to the best. */
    List<AlignedSample> spread(List<PreparedSample> samples, List<Transcript> transcripts)
            throws IOException {
        double[] rates =
                transcripts.stream().mapToDouble(t -> t.characterErrors().rate()).toArray();
        List<Integer> worstFirst =
                IntStream.range(0, rates.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -rates[i]))
                        .toList();
        List<AlignedSample> aligned = new ArrayList<>();
        int shown = Math.min(SHOWN, rates.length);
        for (int i = 0; i < shown; i++) {
            int chosen = worstFirst.get(shown == 1 ? 0 : i * (rates.length - 1) / (shown - 1));
            aligned.add(align(samples.get(chosen), transcripts.get(chosen)));
        }
        return aligned;
    }

    private AlignedSample align(PreparedSample sample, Transcript transcript) throws IOException {
        try (NDManager manager = model.djlModel().getNDManager().newSubManager()) {
            List<float[]> features = List.of(sample.features().plain());
            List<long[]> target = List.of(sample.target());
            NDList input = new HostBatch(features, target, model.dimensions()).data(manager);
            NDArray logits =
                    model.djlModel()
                            .getBlock()
                            .forward(new ParameterStore(manager, false), input, false)
                            .head();
            Shape shape = logits.getShape();
            int frames = Math.toIntExact(shape.get(1));
            float[] scores = HostArrays.readFloats(logits);
            return new AlignedSample(
                    transcript,
                    new Posteriors(scores, frames, Math.toIntExact(shape.get(2))),
                    alignment(scores, frames, transcript.reference()));
        }
    }

    private Optional<Alignment> alignment(float[] scores, int frames, String reference) {
        try {
            return Optional.of(aligner.align(scores, frames, reference));
        } catch (IllegalArgumentException e) {
            // Scores that are not finite have no best path; the report shows them without one.
            return Optional.empty();
        }
    }
}
