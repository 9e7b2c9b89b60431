package io.github.djlctc.decode;

/** Decodes emissions as they come. */
public final class DecodeStream {

    DecodeStream() {}

    public void accept(float[] emissions, int frames) {}

    /** Text that no later frame can change, and the whole best text so far. */
    public PartialResult partialResult() {
        return null;
    }

    public BeamSearchResult finish() {
        return null;
    }
}
