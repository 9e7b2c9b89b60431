package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model made of samples whose texts are known, to decode them in several ways.
 *
 * <p>Not safe for use by several threads while samples are added.
 */
public final class EmittedSamples {

    private final Alphabet alphabet;
    private final List<String> references = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();
    private long frames;

    /**
     * Creates an empty collection.
     *
     * @param alphabet the classes of the model
     */
    public EmittedSamples(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    /**
     * Adds a sample.
     *
     * @param reference its text, in the form that the alphabet decodes to
     * @param logits its scores of shape (frames, C), row by row; not copied
     */
    public void add(String reference, float[] logits) {
        references.add(reference);
        this.logits.add(logits);
        frames += logits.length / alphabet.size();
    }

    /**
     * Returns the number of samples.
     *
     * @return 0 or more
     */
    public int size() {
        return references.size();
    }

    /**
     * Returns the texts.
     *
     * @return an immutable list, in the order of the samples
     */
    public List<String> references() {
        return List.copyOf(references);
    }

    /**
     * Returns the frames of all samples.
     *
     * @return 0 or more
     */
    public long frames() {
        return frames;
    }

    /** Estimates how often the model gives each label; there must be a frame. */
    LabelPrior labelPrior() {
        return LabelPrior.estimate(alphabet, logits);
    }

    /** Decodes all samples on all processors, and counts the errors. */
    DecodingErrors errors(CTCDecoder decoder) {
        int threads = Runtime.getRuntime().availableProcessors();
        List<String> texts =
                decoder.decodeBatch(logits, threads).stream().map(Hypothesis::text).toList();
        return DecodingErrors.count(WordErrorUnit.of(alphabet), references, texts);
    }
}
