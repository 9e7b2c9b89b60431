package io.github.djlctc.benchmarks.remedies;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;
import io.github.djlctc.examples.speech.feature.LogMelFilterbank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Synthetic spoken commands as log-mel features.
 *
 * @param training what is learnt from
 * @param test other sentences of other voices
 */
record ExperimentData(List<PreparedUtterance> training, List<PreparedUtterance> test) {

    static final int MELS = 40;

    private static final int SAMPLE_RATE = 16_000;
    private static final int TEST_UTTERANCES = 100;

    static ExperimentData synthesize(int utterances) throws IOException {
        Corpus<Utterance> corpus =
                SyntheticCorpus.builder()
                        .optTrainUtterances(utterances)
                        .optTestUtterances(TEST_UTTERANCES)
                        .optSeed(1)
                        .build();
        return new ExperimentData(prepare(corpus.train()), prepare(corpus.test()));
    }

    private static List<PreparedUtterance> prepare(List<Utterance> utterances) throws IOException {
        LogMelFilterbank extractor = new LogMelFilterbank(SAMPLE_RATE, MELS);
        List<PreparedUtterance> prepared = new ArrayList<>();
        for (Utterance utterance : utterances) {
            Waveform sound = (Waveform) utterance.source().read();
            prepared.add(new PreparedUtterance(extractor.extract(sound), utterance.text()));
        }
        return prepared;
    }
}
