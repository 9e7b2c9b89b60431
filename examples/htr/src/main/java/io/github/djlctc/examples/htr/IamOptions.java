package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.htr.corpus.iam.IamCorpus;
import io.github.djlctc.examples.htr.corpus.iam.IamLevel;
import io.github.djlctc.examples.htr.corpus.iam.IamSegmentation;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options that say where IAM is, and what a sample of it is. */
final class IamOptions {

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "IAM: the folder with ascii and lines or words.")
    private Path folder;

    @Option(
            names = "--sets",
            paramLabel = "DIR",
            description =
                    "IAM: the folder with trainset.txt, validationset1.txt, validationset2.txt and"
                            + " testset.txt (default: that of --folder).")
    private Path sets;

    @Option(
            names = "--iam-level",
            defaultValue = "lines",
            paramLabel = "LEVEL",
            description =
                    "IAM: what a sample is: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private IamLevel level;

    @Option(
            names = "--segmentation",
            defaultValue = "all",
            paramLabel = "STATUS",
            description =
                    "IAM: ${COMPLETION-CANDIDATES}; ok leaves out what its authors could not divide"
                            + " into words well (default: ${DEFAULT-VALUE}).")
    private IamSegmentation segmentation;

    IamCorpus corpus(DataRules<?> rules) {
        IamCorpus.Builder builder =
                IamCorpus.builder()
                        .setFolder(rules.required(folder, "--folder"))
                        .optLevel(level)
                        .optSegmentation(segmentation);
        return (sets == null ? builder : builder.optSets(sets)).build();
    }
}
