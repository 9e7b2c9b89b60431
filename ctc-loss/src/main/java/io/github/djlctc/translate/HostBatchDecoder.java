package io.github.djlctc.translate;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.text.Alphabet;

import java.util.List;

/** Hands the values of a batch to a decoder. */
final class HostBatchDecoder extends BatchDecoder {

    private final CTCDecoder decoder;
    private final int threads;

    HostBatchDecoder(CTCDecoder decoder, int threads) {
        this.decoder = decoder;
        this.threads = threads;
    }

    @Override
    public Alphabet alphabet() {
        return decoder.alphabet();
    }

    @Override
    List<Hypothesis> decodeBatch(EmissionBatch batch) {
        return decoder.decodeBatch(batch.samples(), threads);
    }
}
