package io.github.djlctc.examples.htr;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.AuditOutput;
import io.github.djlctc.examples.common.command.BatchOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.train.BatchBounds;
import io.github.djlctc.examples.common.train.CorpusAudit;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelConfig;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.examples.htr.train.LineReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code htr audit}. */
@Command(
        name = "audit",
        description =
                "Reads all data as training would, and says what is wrong with it: images,"
                        + " transcripts and their lengths. The exit code is 1 if nothing can be"
                        + " trained on.",
        sortOptions = false)
final class AuditCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private DataOptions data;
    @Mixin private InputOptions input;

    @Mixin private BatchOptions batches;
    @Mixin private AuditOutput output;

    @Override
    public Integer call() throws Exception {
        Recipe recipe = Recipe.of(data.kind());
        BatchBounds bounds = new OptionRules(spec).checked(() -> batches.bounds(recipe.training()));
        ModelSize size = input.size(recipe.size());
        ModelConfig config = new ModelConfig(size, 0, input.letterCase());
        SkippedSamples skipped = data.newSkippedSamples();
        Corpus<LineSample> corpus = data.load(skipped);
        LabelAuditReport report;
        try (HtrModel model = HtrModel.create(config, input.alphabet(corpus))) {
            LineReader reader = LineReader.plain(model.height());
            report = new CorpusAudit<>(corpus, model, reader, bounds, 1, skipped).run();
        }
        return output.print(report);
    }
}
