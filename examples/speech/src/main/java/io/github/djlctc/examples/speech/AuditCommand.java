package io.github.djlctc.examples.speech;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.AuditOutput;
import io.github.djlctc.examples.common.command.BatchOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.train.BatchBounds;
import io.github.djlctc.examples.common.train.CorpusAudit;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.train.UtteranceReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code speech audit}. */
@Command(
        name = "audit",
        description =
                "Reads all data as training would, and says what is wrong with it: signals,"
                        + " transcripts and their lengths. The exit code is 1 if nothing can be"
                        + " trained on.",
        sortOptions = false)
final class AuditCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private DataOptions data;
    @Mixin private InputOptions input;

    @Option(
            names = "--subsampling",
            paramLabel = "N",
            description = "Feature frames per frame of the logits (default: that of training).")
    private Integer subsampling;

    @Mixin private BatchOptions batches;
    @Mixin private AuditOutput output;

    @Override
    public Integer call() throws Exception {
        Recipe recipe = Recipe.of(data.kind());
        BatchBounds bounds = new OptionRules(spec).checked(() -> batches.bounds(recipe.training()));
        ModelSize size = size();
        SkippedSamples skipped = data.newSkippedSamples();
        Corpus<Utterance> corpus = data.load(skipped);
        ModelConfig config = new ModelConfig(input.features(corpus), size, input.letterCase());
        LabelAuditReport report;
        try (SpeechModel model = SpeechModel.create(config, input.alphabet(corpus))) {
            report =
                    new CorpusAudit<>(
                                    corpus,
                                    model,
                                    UtteranceReader.plain(model),
                                    bounds,
                                    recipe.consistency() > 0 ? 2 : 1,
                                    skipped)
                            .run();
        }
        return output.print(report);
    }

    private ModelSize size() {
        ModelSize size = Recipe.of(data.kind()).size();
        try {
            return new ModelSize(
                    size.channels(),
                    size.stateSize(),
                    size.layers(),
                    subsampling == null ? size.subsampling() : subsampling,
                    size.dropout());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
