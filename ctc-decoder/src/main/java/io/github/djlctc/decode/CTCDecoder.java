package io.github.djlctc.decode;

import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

/** Finds the text in the class scores of a CTC model. */
public interface CTCDecoder {

    /**
     * Decodes one sample.
     *
     * @param emissions the scores of shape (frames, C), row by row: logits or natural logarithms of
     *     probabilities; not changed
     * @param frames the number of frames, 0 or more
     * @return the best hypothesis
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    Hypothesis decode(float[] emissions, int frames);

    /**
     * Returns the classes of the model.
     *
     * @return the alphabet
     */
    Alphabet alphabet();
}
