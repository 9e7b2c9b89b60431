package io.github.djlctc.examples.speech.audio;

import java.io.IOException;

/** Decodes the packets of sound behind the headers of a stream. */
interface PacketDecoder {

    int sampleRate();

    /** Returns how many samples at the start are not part of the sound. */
    int preSkip();

    /**
     * Decodes a packet.
     *
     * @throws IOException if it cannot be decoded; libraries throw unchecked exceptions as well
     */
    void decode(byte[] packet, SampleBlock block) throws IOException;
}
