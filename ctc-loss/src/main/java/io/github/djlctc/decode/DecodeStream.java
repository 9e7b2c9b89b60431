package io.github.djlctc.decode;

/** Decodes emissions as they come. */
public final class DecodeStream {

    private final BeamSearchDecoder decoder;
    private final BeamSearch search;

    DecodeStream(BeamSearchDecoder decoder, BeamSearch search) {
        this.decoder = decoder;
        this.search = search;
    }

    public void accept(float[] emissions, int frames) {
        decoder.accept(search, emissions, frames);
    }

    public PartialResult partialResult() {
        return null;
    }

    public BeamSearchResult finish() {
        return decoder.result(search);
    }
}
