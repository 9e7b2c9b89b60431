package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.Hotword;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.transcript.Transcription;

import java.io.IOException;
import java.util.List;

/** A model and a decoder, which many streams share. Thread-safe. */
public interface LiveModel {

    /**
     * Returns the rate of the sound that streams take.
     *
     * @return samples per second, above 0
     */
    int sampleRate();

    /**
     * Opens a stream.
     *
     * @param hotwords phrases to favour; empty for none
     * @return the stream
     * @throws HotwordException if the decoder cannot use them; the message is for who typed them
     */
    LiveRecogniser open(List<Hotword> hotwords);

    /**
     * Transcribes a whole sound.
     *
     * @param sound the sound, of any rate; not closed
     * @param hotwords phrases to favour; empty for none
     * @return what was said
     * @throws HotwordException if the decoder cannot use the hotwords
     * @throws UnsuitableSignalException if the model cannot read the sound
     * @throws IOException if the sound cannot be read
     */
    Transcription transcribe(AudioStream sound, List<Hotword> hotwords) throws IOException;
}
