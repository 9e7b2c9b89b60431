package io.github.djlctc.examples.htr;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.audit.LabelAuditReport.Verdict;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.train.CorpusAudit;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelConfig;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.examples.htr.train.LineReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
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

    private static final int BROKEN = 1;

    @Spec private CommandSpec spec;

    @Mixin private DataOptions data;
    @Mixin private InputOptions input;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ModelSize size = input.size(Recipe.of(data.kind()).size());
        ModelConfig config = new ModelConfig(size, 0, input.letterCase());
        SkippedSamples skipped = data.newSkippedSamples();
        Corpus<LineSample> corpus = data.load(skipped);
        LabelAuditReport report;
        try (HtrModel model = HtrModel.create(config, input.alphabet(corpus))) {
            LineReader reader = LineReader.plain(model.height());
            report = new CorpusAudit<>(corpus, model, reader, skipped).run();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.toJson() + "\n" : report.toText());
        out.flush();
        return report.verdict() == Verdict.BROKEN ? BROKEN : 0;
    }
}
