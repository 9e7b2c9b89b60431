package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleCheck;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;

import java.util.Objects;

/**
 * Decodes emissions that arrive in parts.
 *
 * <p>The final result does not depend on how the emissions are divided. It is that of {@link
 * BeamSearchDecoder#search} for all of them at once, but for what {@link #takeStable} has taken out
 * of it, and for texts that are older than {@link BeamSearchDecoder#openStream(int)} lets them be
 * undecided, 6,000 frames by default: two that are about as likely could both stay in the beam for
 * hours, and with them all that is said since, so that hypotheses that differ there from the best
 * one are dropped. The best text may then have the other of the two, the other hypotheses differ
 * from it in later frames alone, and what was decided has more confidence.
 *
 * <p>Frames are not kept, and of the text in full only what can still change. Text that is stable
 * takes 20 bytes a token (and, with {@link #partialResult}, its characters) until it is taken, and
 * nothing then: a stream whose stable text is taken can go on forever.
 *
 * <p>For one thread at a time.
 */
public final class DecodeStream {

    private final BeamSearchDecoder decoder;
    private final int classes;
    private final BeamSearch search;
    private final StreamResults results;
    private final int undecidedFrames;

    /** How many frames come between two decisions: few, but not each. */
    private final int decisionInterval;

    private EmissionScaleCheck check;
    private boolean finished;

    DecodeStream(
            BeamSearchDecoder decoder,
            int undecidedFrames,
            EmissionScaleCheck check,
            BeamSearch search) {
        this.decoder = decoder;
        this.undecidedFrames = undecidedFrames;
        decisionInterval = 1 + undecidedFrames / 16;
        classes = decoder.alphabet().size();
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
        for (int frame = 0; frame < frames; frame++) {
            search.accept(logits, frame * classes);
            // At the same frames, however they are divided.
            if (search.frames() % decisionInterval == 0) {
                search.decide(search.frames() - undecidedFrames);
            }
        }
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
