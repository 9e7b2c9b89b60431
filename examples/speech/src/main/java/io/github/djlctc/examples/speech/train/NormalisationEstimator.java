package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.speech.audio.SampleRateConverter;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.feature.LogMelFilterbank;
import io.github.djlctc.examples.speech.feature.MelNormalisation;
import io.github.djlctc.examples.speech.feature.MelStatistics;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;

import java.io.IOException;
import java.util.List;

/** Estimates the normalisation of a streaming model's features from training utterances. */
public final class NormalisationEstimator {

    /** So many utterances, evenly spaced over the list, stand for all. */
    private static final int UTTERANCES = 300;

    private final LogMelFilterbank filterbank;
    private final SampleRateConverter converter;

    /**
     * Creates the estimator.
     *
     * @param features the model's features, of sound
     */
    public NormalisationEstimator(FeatureConfig features) {
        filterbank = features.extractor(MelNormalisation.none(features.dimensions()));
        converter = new SampleRateConverter(features.sampleRate());
    }

    /**
     * Reads utterances, at most 300.
     *
     * @param training the training set; utterances that cannot be read are left out
     * @return mean and deviation of each mel
     */
    public MelNormalisation estimate(List<Utterance> training) {
        int count = Math.min(UTTERANCES, training.size());
        MelStatistics statistics = new MelStatistics(filterbank.dimensions());
        try (ConsoleProgress progress =
                ConsoleProgress.start("measuring levels", count, Utterance.UNIT)) {
            for (int i = 0; i < count; i++) {
                add(training.get((int) ((long) i * training.size() / count)), statistics);
                progress.step();
            }
        }
        return statistics.normalisation();
    }

    private void add(Utterance utterance, MelStatistics statistics) {
        try {
            if (utterance.source().read() instanceof Waveform sound) {
                statistics.add(filterbank.extract(converter.convert(sound)));
            }
        } catch (IOException | UnsuitableSignalException e) {
            // Training says what is wrong with it, as with all others.
            return;
        }
    }
}
