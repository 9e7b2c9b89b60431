package io.github.djlctc.examples.decode;

import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.command.TimeOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code ctc-decode align}. */
@Command(
        name = "align",
        description = {
            "Finds when each word and token of a known text was said.",
            "Writes JSON lines of words and tokens with their start, end, score (a natural"
                    + " logarithm) and confidence, and a Praat TextGrid of each utterance."
        },
        sortOptions = false)
final class AlignCommand implements Callable<Integer> {

    private static final int SHOWN_SKIPPED = 5;
    private static final String JSON_LINES = ".jsonl";

    @Spec private CommandSpec spec;

    @Mixin private EmissionOptions emissions;

    @Option(
            names = "--refs",
            required = true,
            paramLabel = "JSONL",
            description = "What was said, {\"utt\", \"text\"} a line.")
    private Path references;

    @Option(
            names = "--utt",
            paramLabel = "ID",
            description = "Align this utterance only; may be given more than once.")
    private Set<String> selected;

    @Option(
            names = "--wildcard",
            paramLabel = "WORD",
            description = "A word of the texts that stands for any stretch of speech, such as *.")
    private String wildcard;

    @Mixin private TimeOptions times;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description =
                    "A folder for alignments.jsonl and a TextGrid of each utterance; or, if it ends"
                            + " with .jsonl, the only file to write.")
    private Path out;

    @Option(
            names = "--pictures",
            description = "Draw the posteriors and the alignment of each utterance, too.")
    private boolean pictures;

    @Mixin private SkippingOptions skipping;

    @Override
    public Integer call() throws IOException {
        boolean jsonOnly = out.toString().endsWith(JSON_LINES);
        OptionRules rules = new OptionRules(spec);
        rules.rejectOverwriting("--out");
        if (jsonOnly) {
            rules.rejectMeaningless("unless --out is a folder", "--pictures");
        }
        FrameScale scale = times.scale();
        Alphabet alphabet = emissions.readAlphabet();
        ForcedAligner aligner = aligner(alphabet);
        SkippedSamples skipped = skipping.newSkippedSamples();
        int aligned;
        try (Emissions all = emissions.open(alphabet)) {
            References texts = emissions.readReferences(references, all);
            Emissions utterances = select(all.only(texts::has));
            aligned =
                    write(
                            utterances,
                            new UtteranceAligner(aligner, texts, skipped),
                            jsonOnly ? Optional.empty() : Optional.of(folder(alphabet, scale)),
                            scale);
        } finally {
            skipped.summary(SHOWN_SKIPPED).forEach(spec.commandLine().getErr()::println);
        }
        PrintWriter writer = spec.commandLine().getOut();
        writer.println("aligned " + aligned + ", times in " + scale.unit() + ": " + out);
        writer.flush();
        return 0;
    }

    private AlignmentFolder folder(Alphabet alphabet, FrameScale scale) throws IOException {
        return new AlignmentFolder(
                out,
                alphabet,
                scale,
                pictures ? AlignmentFolder.Pictures.DRAWN : AlignmentFolder.Pictures.NONE);
    }

    private ForcedAligner aligner(Alphabet alphabet) {
        ForcedAligner.Builder builder = ForcedAligner.builder().setAlphabet(alphabet);
        try {
            return wildcard == null ? builder.build() : builder.optWildcard(wildcard).build();
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
    }

    /** Aligns and writes all utterances, and returns how many were aligned. */
    private int write(
            Emissions utterances,
            UtteranceAligner aligner,
            Optional<AlignmentFolder> folder,
            FrameScale scale)
            throws IOException {
        Path file = folder.map(AlignmentFolder::jsonLines).orElse(out);
        int aligned = 0;
        try (AlignmentLines lines = AlignmentLines.create(file, scale);
                ConsoleProgress progress =
                        ConsoleProgress.start("align", utterances.size(), "utterances")) {
            for (int i = 0; i < utterances.size(); i++) {
                Optional<AlignedUtterance> entry = utterances.apply(i, aligner::align);
                if (entry.isPresent()) {
                    lines.write(entry.get());
                    if (folder.isPresent()) {
                        folder.get().write(entry.get());
                    }
                    aligned++;
                }
                progress.step();
            }
            if (aligned == 0) {
                throw new IOException("nothing was aligned");
            }
            lines.finish();
        }
        return aligned;
    }

    private Emissions select(Emissions utterances) throws IOException {
        if (selected == null) {
            return utterances;
        }
        Set<String> missing = new HashSet<>(selected);
        missing.removeAll(utterances.ids());
        if (!missing.isEmpty()) {
            throw new IOException(
                    "there is no utterance "
                            + String.join(", ", missing)
                            + " with both emissions and a text");
        }
        return utterances.only(selected::contains);
    }
}
