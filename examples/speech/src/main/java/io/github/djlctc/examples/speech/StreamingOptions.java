package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.TrainingCommand;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.StreamingConfig;
import io.github.djlctc.examples.speech.train.NormalisationEstimator;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.Optional;

/** Options that make a new model read sound as it comes. */
final class StreamingOptions {

    private static final int MAX_FRAMES = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--streaming",
            description =
                    "Train a model that reads sound as it comes, and sees no further ahead than it"
                            + " says.")
    private boolean streaming;

    @Option(
            names = "--chunk",
            defaultValue = "24",
            paramLabel = "N",
            description =
                    "Frames of the logits that the LSTM layers of a streaming model read in both"
                            + " directions before they go on (default: ${DEFAULT-VALUE}).")
    private int chunk;

    @Option(
            names = "--lookahead",
            defaultValue = "3",
            paramLabel = "N",
            description =
                    "Frames of the logits that the last convolution of a streaming model sees"
                            + " ahead (default: ${DEFAULT-VALUE}).")
    private int lookahead;

    @Option(
            names = TrainingCommand.CONCATENATE,
            defaultValue = "0.5",
            paramLabel = "SHARE",
            description =
                    "Share of the training utterances that a streaming model reads two by two, one"
                            + " right after the other, as far as no pair is longer than the longest"
                            + " utterance and --max-batch-frames, or too short for both texts: it"
                            + " learns what comes after a pause (default:"
                            + " ${DEFAULT-VALUE}; 0: none).")
    private double concatenated;

    boolean isOn() {
        return streaming;
    }

    double concatenatedShare() {
        return streaming ? concatenated : 0;
    }

    /** Returns what makes a model streaming, if it is to be; reads some of the training data. */
    Optional<StreamingConfig> config(FeatureConfig features, Corpus<Utterance> corpus) {
        OptionRules rules = new OptionRules(spec);
        if (!streaming) {
            rules.rejectMeaningless(
                    "without --streaming", "--chunk", "--lookahead", TrainingCommand.CONCATENATE);
            return Optional.empty();
        }
        if (features.kind() != FeatureConfig.Kind.LOG_MEL) {
            rules.rejectMeaningless("for precomputed features", "--streaming");
        }
        rules.requireWithin(1, MAX_FRAMES, "--chunk", chunk);
        rules.requireWithin(0, MAX_FRAMES, "--lookahead", lookahead);
        return Optional.of(
                new StreamingConfig(
                        chunk,
                        lookahead,
                        new NormalisationEstimator(features).estimate(corpus.train())));
    }
}
