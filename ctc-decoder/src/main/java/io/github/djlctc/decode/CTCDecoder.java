package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import java.util.List;

/** Finds the text in the class scores of a CTC model. */
public interface CTCDecoder {

    /**
     * Decodes one sample.
     *
     * @param emissions the scores of shape (frames, C), row by row, of the decoder's {@link
     *     EmissionScale scale}: logits or natural logarithms of probabilities, unless it was told
     *     otherwise; not changed
     * @param frames the number of frames, 0 or more
     * @return the best hypothesis; that of no frame has an empty text
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws EmissionScaleException if the scores are not of that scale
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    Hypothesis decode(float[] emissions, int frames);

    /**
     * Decodes samples on several threads.
     *
     * @param samples the emissions of each sample, of shape (frames, C), row by row
     * @param threads how many threads, at least 1; the machine's cores serve best
     * @return the best hypotheses in the order of the samples
     * @throws IllegalArgumentException if the values of a sample do not fill frames of the
     *     alphabet's size, or there is not one thread
     * @throws EmissionScaleException if the scores of a sample are not of the decoder's scale
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity; it
     *     names the first such sample
     */
    List<Hypothesis> decodeBatch(List<float[]> samples, int threads);

    /**
     * Returns the classes of the model.
     *
     * @return the alphabet
     */
    Alphabet alphabet();
}
