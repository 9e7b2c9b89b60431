package io.github.djlctc.examples.speech.live;

import io.github.djlctc.examples.speech.model.EmissionStream;

/** The logits of sound that comes, each once it does not change any more. */
interface LogitStream extends AutoCloseable {

    /**
     * Returns those of a streaming model.
     *
     * @param stream a stream of the model, closed with the result
     */
    static LogitStream of(EmissionStream stream) {
        return new LogitStream() {
            @Override
            public float[] accept(float[] samples, int offset, int length) {
                return stream.accept(samples, offset, length);
            }

            @Override
            public float[] finish() {
                return stream.finish();
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    /** Takes samples, and returns the logits (frames, C), row by row, that are final with them. */
    float[] accept(float[] samples, int offset, int length);

    /** Ends the sound, and returns the rest of the logits. */
    float[] finish();

    @Override
    void close();
}
