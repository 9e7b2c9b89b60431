package io.github.djlctc.emission;

/** The consecutive frames in which a token or word was recognised. */
public sealed interface FrameSpan permits TokenSpan, WordSpan {

    /**
     * Returns where the span begins.
     *
     * @return the first frame, from 0
     */
    int startFrame();

    /**
     * Returns where the span ends.
     *
     * @return the frame after the last one
     */
    int endFrame();

    /**
     * Returns the time at which the span begins.
     *
     * @param frameSeconds the seconds from one frame of the emissions to the next
     * @return seconds from the first frame
     */
    default double startSeconds(double frameSeconds) {
        return startFrame() * frameSeconds;
    }

    /**
     * Returns the time at which the span ends.
     *
     * @param frameSeconds the seconds from one frame of the emissions to the next
     * @return seconds from the first frame
     */
    default double endSeconds(double frameSeconds) {
        return endFrame() * frameSeconds;
    }
}
