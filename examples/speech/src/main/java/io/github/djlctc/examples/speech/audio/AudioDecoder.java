package io.github.djlctc.examples.speech.audio;

import java.io.Closeable;
import java.io.IOException;

/**
 * An opened audio file whose header was read and checked. It is decoded once, block by block, from
 * its start to its end; {@link DecodedStream} hands its samples out.
 */
interface AudioDecoder extends Closeable {

    AudioHeader header();

    /**
     * Decodes the next block.
     *
     * @param block takes the samples, averaged over the channels; there may be none
     * @return false at the end, behind which nothing was added, and where all was checked
     */
    boolean decode(SampleBlock block) throws IOException;

    /**
     * Passes over samples at the start without decoding them, where the format allows that.
     *
     * @return how many were passed over: at most that many, maybe 0
     */
    default long skip(long samples) throws IOException {
        return 0;
    }
}
