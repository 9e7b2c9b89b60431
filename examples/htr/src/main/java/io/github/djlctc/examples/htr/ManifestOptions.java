package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ManifestCorpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.htr.corpus.ImageManifest;
import io.github.djlctc.examples.htr.corpus.LineSample;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/** Options that name the manifests of the splits. */
final class ManifestOptions {

    @Option(
            names = "--train",
            paramLabel = "JSONL",
            description = "Manifest: the training lines, {\"image\", \"text\"} a line.")
    private Path train;

    @Option(
            names = "--validation",
            paramLabel = "JSONL",
            description = "Manifest: the validation lines (default: 5 %% of --train).")
    private Path validation;

    @Option(names = "--test", paramLabel = "JSONL", description = "Manifest: the test lines.")
    private Path test;

    ManifestCorpus<LineSample> corpus(DataRules<?> rules, long seed) {
        ManifestCorpus.Builder<LineSample> builder =
                ManifestCorpus.<LineSample>builder(LineSample.UNIT)
                        .setTrain(new ImageManifest(rules.required(train, "--train")))
                        .setTest(new ImageManifest(rules.required(test, "--test")))
                        .optSeed(seed);
        if (validation != null) {
            builder.optValidation(new ImageManifest(validation));
        }
        return builder.build();
    }

    /**
     * Loads one split. Which lines are held out of {@code --train} depends on all splits; the
     * others need their own manifest only.
     */
    Corpus<LineSample> load(Split split, DataRules<?> rules, long seed, SkippedSamples skipped)
            throws IOException {
        if (split == Split.TEST) {
            ImageManifest manifest = new ImageManifest(rules.required(test, "--test"));
            return manifest.asSplit(LineSample.UNIT, split, skipped);
        }
        return split == Split.VALIDATION && validation != null
                ? new ImageManifest(validation).asSplit(LineSample.UNIT, split, skipped)
                : corpus(rules, seed).load(skipped);
    }
}
