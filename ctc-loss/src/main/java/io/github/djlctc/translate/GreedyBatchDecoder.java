package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decodes arrays of a DJL model greedily.
 *
 * <p>The best classes and their log probabilities are found on the device of the emissions, unless
 * its engine can only run models, as ONNX Runtime: there, they are found on the host.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class GreedyBatchDecoder extends BatchDecoder {

    private final GreedyDecoder decoder;

    /**
     * Creates a decoder of arrays.
     *
     * @param decoder decodes each sample
     */
    public GreedyBatchDecoder(GreedyDecoder decoder) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
    }

    @Override
    public Alphabet alphabet() {
        return decoder.alphabet();
    }

    @Override
    List<Hypothesis> decodeBatch(EmissionBatch batch) {
        return HostArrays.hasOperators(batch.emissions())
                ? decodeOnDevice(batch)
                : decoder.decodeBatch(batch.samples(), 1);
    }

    private List<Hypothesis> decodeOnDevice(EmissionBatch batch) {
        NDArray emissions = batch.emissions();
        float[] best = emissions.isEmpty() ? new float[0] : bestClasses(emissions);
        int scores = best.length / 2;
        List<Hypothesis> hypotheses = new ArrayList<>(batch.size());
        for (int sample = 0; sample < batch.size(); sample++) {
            int[] path = new int[batch.validFrames(sample)];
            double[] logProbabilities = new double[path.length];
            for (int frame = 0; frame < path.length; frame++) {
                int row = batch.row(sample, frame);
                path[frame] = (int) best[row];
                logProbabilities[frame] = best[scores + row];
                if (Double.isNaN(logProbabilities[frame])) {
                    throw InvalidEmissionException.atFrame(sample, frame);
                }
            }
            hypotheses.add(decoder.collapse(path, logProbabilities));
        }
        return hypotheses;
    }

    /** Returns the best id of every row, as floats, and then all their log probabilities. */
    private static float[] bestClasses(NDArray emissions) {
        int axis = emissions.getShape().dimension() - 1;
        // Ids are exact in float32 up to 2^24 classes, and so travel with the scores.
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray logits = emissions.toType(DataType.FLOAT32, false);
            NDArray ids = logits.argMax(axis).toType(DataType.FLOAT32, false);
            NDArray logProbabilities = logits.logSoftmax(axis).max(new int[] {axis});
            return HostArrays.readFloats(NDArrays.stack(new NDList(ids, logProbabilities)));
        }
    }
}
