package io.github.djlctc.examples.speech.audio;

import java.io.Closeable;
import java.io.IOException;

/** An opened audio file whose header was read and checked. */
interface AudioDecoder extends Closeable {

    AudioHeader header();

    /** Decodes once, from the start of the file. */
    Waveform decode(AudioPart part) throws IOException;
}
