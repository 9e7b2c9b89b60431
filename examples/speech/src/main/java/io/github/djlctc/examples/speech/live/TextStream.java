package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.DecodeStream;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.PartialResult;

/** Decodes the logits of one sentence while they come. */
interface TextStream {

    /**
     * Opens a stream of a decoder.
     *
     * @param decoder a greedy decoder or a beam search
     * @return the stream
     */
    static TextStream of(CTCDecoder decoder) {
        if (decoder instanceof GreedyDecoder greedy) {
            return new GreedyTextStream(greedy);
        }
        if (decoder instanceof BeamSearchDecoder search) {
            DecodeStream stream = search.openStream();
            return new TextStream() {
                @Override
                public void accept(float[] logits, int frames) {
                    stream.accept(logits, frames);
                }

                @Override
                public PartialResult soFar() {
                    return stream.partialResult();
                }

                @Override
                public Hypothesis finish() {
                    return stream.finish().best();
                }
            };
        }
        throw new IllegalArgumentException(
                "sound that comes cannot be decoded by " + decoder.getClass().getName());
    }

    /**
     * Takes the next frames.
     *
     * @param logits the logits of shape (frames, C), row by row
     * @param frames how many there are
     */
    void accept(float[] logits, int frames);

    /** Returns the text so far, and how much of it stays. */
    PartialResult soFar();

    /** Ends the sentence, and returns it. */
    Hypothesis finish();
}
