package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.AlphabetOption;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.SampleRates;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Options that say what a new model is given: features of signals, and classes of transcripts. */
final class InputOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin private AlphabetOption alphabet;

    @Option(
            names = "--letter-case",
            defaultValue = "upper",
            paramLabel = "CASE",
            description =
                    "What becomes of letters: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}).")
    private LetterCase letterCase;

    @Option(
            names = "--sample-rate",
            paramLabel = "HZ",
            description =
                    "The rate that sound is resampled to (default: the commonest of the training"
                            + " data).")
    private Integer sampleRate;

    @Option(
            names = "--mels",
            defaultValue = "40",
            paramLabel = "N",
            description = "Mel filters (default: ${DEFAULT-VALUE}).")
    private int mels;

    @Option(
            names = "--frame-seconds",
            defaultValue = "0.01",
            paramLabel = "S",
            description =
                    "The time between frames of precomputed features (default: ${DEFAULT-VALUE}).")
    private double frameSeconds;

    LetterCase letterCase() {
        return letterCase;
    }

    /** Returns the features for the kind of signal that the corpus has. */
    FeatureConfig features(Corpus<Utterance> corpus) throws IOException {
        FeatureConfig features = features(firstReadable(corpus.train()), corpus.train());
        try {
            features.extractor();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        warnOfMixedRates(rates(corpus), features.sampleRate());
        return features;
    }

    /** Returns the rates of all utterances. */
    static SampleRates rates(Corpus<Utterance> corpus) {
        List<Utterance> all = new ArrayList<>(corpus.train());
        all.addAll(corpus.validation());
        all.addAll(corpus.test());
        return SampleRates.of(all);
    }

    private void warnOfMixedRates(SampleRates rates, int target) {
        if (rates.areMixed()) {
            String choice =
                    sampleRate == null
                            ? ", the commonest of the training data; --sample-rate chooses another"
                            : "";
            spec.commandLine()
                    .getErr()
                    .printf(
                            "%s: the utterances have several sample rates, %s: %d are converted"
                                    + " to %d Hz%s%n",
                            spec.root().name(), rates, rates.othersThan(target), target, choice);
        }
    }

    private FeatureConfig features(Signal signal, List<Utterance> training) {
        if (signal instanceof Waveform sound) {
            new OptionRules(spec).rejectMeaningless("for sound", "--frame-seconds");
            OptionalInt rate =
                    sampleRate == null
                            ? SampleRates.of(training).commonest()
                            : OptionalInt.of(sampleRate);
            return FeatureConfig.logMel(rate.orElse(sound.sampleRate()), mels);
        }
        new OptionRules(spec)
                .rejectMeaningless("for precomputed features", "--sample-rate", "--mels");
        return FeatureConfig.precomputed(((FeatureMatrix) signal).dimensions(), frameSeconds);
    }

    Alphabet alphabet(Corpus<Utterance> corpus) throws IOException {
        return alphabet.alphabet(corpus, letterCase);
    }

    private static Signal firstReadable(List<Utterance> utterances) throws IOException {
        IOException failure = new IOException("the training set is empty");
        for (Utterance utterance : utterances) {
            try {
                return utterance.source().read();
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new IOException(
                "no training utterance can be read: " + failure.getMessage(), failure);
    }
}
