package io.github.djlctc.decode;

/**
 * A token and the frames it was recognised in.
 *
 * <p>CTC models give most of a token's probability to one or two frames, and how many more frames
 * carry it says little. The token's confidence is therefore that of its best frame, {@code
 * exp(logProbability)}; a sum over its frames would punish tokens for lasting.
 *
 * @param id the class id
 * @param token the token as the alphabet spells it
 * @param startFrame the first frame, from 0
 * @param endFrame the frame after the last one
 * @param logProbability the natural logarithm of the token's highest probability in these frames
 */
public record TokenSpan(
        int id, String token, int startFrame, int endFrame, double logProbability) {}
