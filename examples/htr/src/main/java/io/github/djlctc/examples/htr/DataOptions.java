package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.pen.PenCorpus;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;

/** Options that choose the data. */
final class DataOptions {

    enum Kind {
        PEN
    }


    @Option(
            names = "--data",
            defaultValue = "pen",
            paramLabel = "KIND",
            description =
                    "What to read: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, lines drawn"
                            + " with a pen in the hands of many writers).")
    private Kind kind;

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "Pen: the number of training lines.")
    private Integer lines;

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Decides which lines are drawn, composed or held out (default:"
                            + " ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--strict",
            description = "Fail at the first line that cannot be used, instead of skipping it.")
    private boolean strict;

    Kind kind() {
        return kind;
    }

    SkippedSamples newSkippedSamples() {
        return new SkippedSamples(
                strict ? SkippedSamples.Policy.STRICT : SkippedSamples.Policy.SKIP);
    }

    Corpus<LineSample> load(SkippedSamples skipped) throws IOException {
        PenCorpus.Builder builder = PenCorpus.builder().optSeed(seed);
        if (lines != null) {
            builder.optTrainLines(lines);
        }
        return builder.build();
    }
}
