package io.github.djlctc.emission;

import java.io.Serializable;
import java.util.Objects;

/**
 * A token and the frames it was recognised in.
 *
 * <p>CTC models give a token a high probability in one or two frames, and the number of further
 * frames says little. The token's log probability is therefore that of its best frame; a sum over
 * its frames would be lower for long tokens.
 *
 * @param id the class id
 * @param token the token as the alphabet spells it
 * @param startFrame the first frame, from 0
 * @param endFrame the frame after the last one
 * @param logProbability the natural logarithm of the token's highest probability in these frames
 * @param confidence how sure the token is, from 0 to 1; {@code exp(logProbability)} where nothing
 *     else is known
 * @serial exclude
 */
public record TokenSpan(
        int id,
        String token,
        int startFrame,
        int endFrame,
        double logProbability,
        double confidence)
        implements FrameSpan, Serializable {

    /**
     * Checks that nothing is null.
     *
     * @param id the class id
     * @param token the token as the alphabet spells it
     * @param startFrame the first frame, from 0
     * @param endFrame the frame after the last one
     * @param logProbability the natural logarithm of the token's highest probability in these
     *     frames
     * @param confidence how sure the token is, from 0 to 1; {@code exp(logProbability)} where
     *     nothing else is known
     */
    public TokenSpan {
        Objects.requireNonNull(token, "token");
    }

    /**
     * Creates a token whose confidence is the probability of its best frame.
     *
     * @param id the class id
     * @param token the token as the alphabet spells it
     * @param startFrame the first frame, from 0
     * @param endFrame the frame after the last one
     * @param logProbability the natural logarithm of the token's highest probability in these
     *     frames
     */
    public TokenSpan(int id, String token, int startFrame, int endFrame, double logProbability) {
        this(
                id,
                token,
                startFrame,
                endFrame,
                logProbability,
                Math.min(1, Math.exp(logProbability)));
    }
}
