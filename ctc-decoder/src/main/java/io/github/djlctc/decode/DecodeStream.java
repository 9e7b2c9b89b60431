package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleCheck;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;

import java.util.Objects;

/**
 * Decodes emissions that arrive in parts.
 *
 * <p>The final result does not depend on how the emissions are divided, and is that of {@link
 * BeamSearchDecoder#search} for all of them at once. Memory grows with the text alone: frames are
 * not kept.
 *
 * <p>For one thread at a time.
 */
public final class DecodeStream {

    private final BeamSearchDecoder decoder;
    private final int classes;
    private final BeamSearch search;
    private EmissionScaleCheck check;
    private boolean finished;

    DecodeStream(
            BeamSearchDecoder decoder, int classes, EmissionScaleCheck check, BeamSearch search) {
        this.decoder = decoder;
        this.classes = classes;
        this.check = check;
        this.search = search;
    }

    /**
     * Takes the next frames, all of them or, if one is refused, none: the stream is then as it was
     * and accepts further ones.
     *
     * @param emissions the scores of shape (frames, C), row by row, of the decoder's {@link
     *     EmissionScale scale}: logits or natural logarithms of probabilities, unless it was told
     *     otherwise; not changed
     * @param frames the number of frames, 0 or more
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws EmissionScaleException if the scores are not of that scale; for logits, if every one
     *     of these frames looks like probabilities, unless an earlier one has shown otherwise
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity;
     *     the message has its number in the whole stream
     * @throws IllegalStateException after {@link #finish}
     */
    public void accept(float[] emissions, int frames) {
        Objects.requireNonNull(emissions, "emissions");
        requireUnfinished();
        EmissionScaleCheck checkedAlso = check.copy();
        float[] logits = checkedAlso.toLogits(emissions, search.frames(), frames, classes);
        checkFrames(logits, frames);
        check = checkedAlso;
        BeamSearchDecoder.accept(search, logits, frames, classes);
    }

    private void checkFrames(float[] logits, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            if (!search.canAccept(logits, frame * classes)) {
                throw InvalidEmissionException.atFrame(search.frames() + frame);
            }
        }
    }

    /**
     * Returns the result so far.
     *
     * @return the text that does not change any more, and the best text
     * @throws IllegalStateException after {@link #finish}
     */
    public PartialResult partialResult() {
        requireUnfinished();
        return decoder.partialResult(search);
    }

    /**
     * Ends the stream.
     *
     * @return the result
     * @throws IllegalStateException if called again
     */
    public BeamSearchResult finish() {
        requireUnfinished();
        finished = true;
        return decoder.result(search);
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the stream is finished; open another");
        }
    }
}
