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
 * BeamSearchDecoder#search} for all of them at once, but for what {@link #takeStable} has taken out
 * of it.
 *
 * <p>Frames are not kept, and of the text in full only what can still change. Text that is stable
 * takes 20 bytes a token (and, with {@link #partialResult}, its characters) until it is taken, and
 * nothing then: a stream whose text is {@linkplain #decide decided} on and taken can go on forever.
 *
 * <p>For one thread at a time.
 */
public final class DecodeStream {

    private final BeamSearchDecoder decoder;
    private final int classes;
    private final BeamSearch search;
    private final StreamResults results;
    private EmissionScaleCheck check;
    private boolean finished;

    DecodeStream(
            BeamSearchDecoder decoder, int classes, EmissionScaleCheck check, BeamSearch search) {
        this.decoder = decoder;
        this.classes = classes;
        this.check = check;
        this.search = search;
        results = decoder.streamResults();
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
     * Returns the result so far, or since the last {@link #takeStable}. It takes time for what is
     * new since the last call, and for a copy of the strings.
     *
     * @return the text that does not change any more, and the best text
     * @throws IllegalStateException after {@link #finish}
     */
    public PartialResult partialResult() {
        requireUnfinished();
        return results.partialResult(search);
    }

    /**
     * Decides on the text but that of the last frames: hypotheses that differ there from the best
     * one are dropped, so that it becomes stable. Two that are nearly as likely can both stay in
     * the beam for as long as the stream lasts, and with them all that was said since. What comes
     * some seconds later hardly tells them apart. But {@link #finish} no longer gives what a search
     * of all frames gives: the best text may have the other of two that were about as likely, the
     * other hypotheses differ from it in the last frames alone, and what was decided has more
     * confidence.
     *
     * @param lastFrames how many frames to leave undecided, 0 or more; 30 seconds of them, say, to
     *     bound memory, or as many as a user may wait for stable text
     * @throws IllegalArgumentException if the number is negative
     * @throws IllegalStateException after {@link #finish}
     */
    public void decide(int lastFrames) {
        requireUnfinished();
        if (lastFrames < 0) {
            throw new IllegalArgumentException(
                    "the frames to leave undecided must be 0 or more, but are " + lastFrames);
        }
        search.decide(search.frames() - lastFrames);
    }

    /**
     * Hands out once what no later frame changes, and forgets it: whole words, as in {@link
     * PartialResult#stableText}, as far as their frames are stable too, which is often a little
     * less. {@link #partialResult} and {@link #finish} then tell of what comes behind. What is
     * taken, one part after the other, and the best text of {@code finish} make the text that there
     * would be had nothing been taken; tokens and words have the same frames, since the start of
     * the stream, and the same confidence but for rounding.
     *
     * <p>Where an alphabet {@linkplain io.github.djlctc.text.Alphabet#joinsWords() joins words} and
     * a {@linkplain io.github.djlctc.lm.Lexicon lexicon} writes them otherwise than they are
     * spelled, nothing is taken.
     *
     * @return what has become stable since the last call; empty if nothing has
     * @throws IllegalStateException after {@link #finish}
     */
    public StableText takeStable() {
        requireUnfinished();
        return results.takeStable(search);
    }

    /**
     * Ends the stream.
     *
     * @return the result. Of text that was {@linkplain #takeStable taken}, neither the hypotheses
     *     nor the occurrences of hotwords hold anything; the scores are those of all the text
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
