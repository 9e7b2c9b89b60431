package io.github.djlctc.translate;

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
        BestClasses best = BestClasses.of(batch, decoder.emissionScale());
        List<Hypothesis> hypotheses = new ArrayList<>(batch.size());
        for (int sample = 0; sample < batch.size(); sample++) {
            hypotheses.add(decode(best, sample, batch.validFrames(sample)));
        }
        return hypotheses;
    }

    private Hypothesis decode(BestClasses best, int sample, int frames) {
        best.checkScale(sample);
        int[] path = new int[frames];
        double[] logProbabilities = new double[frames];
        for (int frame = 0; frame < frames; frame++) {
            path[frame] = best.id(sample, frame);
            logProbabilities[frame] = best.logProbability(sample, frame);
            if (Double.isNaN(logProbabilities[frame])) {
                throw InvalidEmissionException.atFrame(sample, frame);
            }
        }
        return decoder.collapse(path, logProbabilities);
    }
}
