package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ManifestCorpus;
import io.github.djlctc.examples.common.data.SampleManifest;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.corpus.ArchiveManifest;
import io.github.djlctc.examples.speech.corpus.AudioManifest;
import io.github.djlctc.examples.speech.corpus.Utterance;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/** Options that name the manifests of the splits, and their precomputed features. */
final class ManifestOptions {

    @Option(
            names = "--train",
            paramLabel = "JSONL",
            description =
                    "Manifest: the training utterances, a JSON object a line: audio_filepath and"
                            + " text, or utt and text with --train-features.")
    private Path train;

    @Option(
            names = "--train-features",
            paramLabel = "NPZ",
            description = "Manifest: precomputed features (frames, dimensions), named by utt.")
    private Path trainFeatures;

    @Option(
            names = "--validation",
            paramLabel = "JSONL",
            description = "Manifest: the validation utterances (default: 5 %% of --train).")
    private Path validation;

    @Option(
            names = "--validation-features",
            paramLabel = "NPZ",
            description = "Manifest: their features.")
    private Path validationFeatures;

    @Option(names = "--test", paramLabel = "JSONL", description = "Manifest: the test utterances.")
    private Path test;

    @Option(
            names = "--test-features",
            paramLabel = "NPZ",
            description = "Manifest: their features.")
    private Path testFeatures;

    @Option(
            names = "--check-audio",
            description =
                    "Manifest: open every audio file when the manifest is listed, instead of"
                            + " believing durations that it gives.")
    private boolean checkAudio;

    /** Rejects features of a validation set that is not given, and what features do not have. */
    void check(DataRules<?> rules, OptionRules optionRules) {
        if (validationFeatures != null) {
            rules.required(validation, "--validation");
        }
        if (trainFeatures != null) {
            optionRules.rejectMeaningless(
                    "for precomputed features", "--max-seconds", "--check-audio");
        }
    }

    ManifestCorpus<Utterance> corpus(DataRules<?> rules, long seed) {
        rules.required(train, "--train");
        rules.required(test, "--test");
        ManifestCorpus.Builder<Utterance> builder =
                ManifestCorpus.<Utterance>builder(Utterance.UNIT)
                        .setTrain(manifest(train, trainFeatures))
                        .setTest(manifest(test, testFeatures))
                        .optSeed(seed);
        if (validation != null) {
            builder.optValidation(manifest(validation, validationFeatures));
        }
        return builder.build();
    }

    /**
     * Loads one split. Which utterances are held out of {@code --train} depends on all splits; the
     * others need their own manifest only.
     */
    Corpus<Utterance> load(Split split, DataRules<?> rules, long seed, SkippedSamples skipped)
            throws IOException {
        if (split == Split.TEST) {
            Path file = rules.required(test, "--test");
            return manifest(file, testFeatures).asSplit(Utterance.UNIT, split, skipped);
        }
        return split == Split.VALIDATION && validation != null
                ? manifest(validation, validationFeatures).asSplit(Utterance.UNIT, split, skipped)
                : corpus(rules, seed).load(skipped);
    }

    private SampleManifest<Utterance> manifest(Path file, Path features) {
        if (features != null) {
            return new ArchiveManifest(file, features);
        }
        return checkAudio ? AudioManifest.checkingAudio(file) : new AudioManifest(file);
    }
}
