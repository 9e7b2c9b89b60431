package io.github.djlctc.examples.decode;

import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.align.UnalignableTextException;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.picture.AlignmentPicture;
import io.github.djlctc.examples.common.picture.PictureFile;
import io.github.djlctc.examples.common.picture.Posteriors;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.decode.data.FileNames;
import io.github.djlctc.examples.decode.data.References;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.UnknownCharacterException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
        List<AlignedUtterance> aligned = align(aligner, alphabet, skipped);
        skipped.summary(SHOWN_SKIPPED).forEach(spec.commandLine().getErr()::println);
        if (aligned.isEmpty()) {
            throw new IOException("nothing was aligned");
        }
        if (jsonOnly) {
            writeJson(aligned, out, scale);
        } else {
            writeFolder(aligned, alphabet, scale);
        }
        PrintWriter writer = spec.commandLine().getOut();
        writer.println("aligned " + aligned.size() + ", times in " + scale.unit() + ": " + out);
        writer.flush();
        return 0;
    }

    private ForcedAligner aligner(Alphabet alphabet) {
        ForcedAligner.Builder builder = ForcedAligner.builder().setAlphabet(alphabet);
        try {
            return wildcard == null ? builder.build() : builder.optWildcard(wildcard).build();
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
    }

    private List<AlignedUtterance> align(
            ForcedAligner aligner, Alphabet alphabet, SkippedSamples skipped) throws IOException {
        List<Utterance> all = emissions.readUtterances(alphabet);
        References texts = emissions.readReferences(references, all);
        List<Utterance> utterances = select(all.stream().filter(texts::has).toList());
        List<AlignedUtterance> aligned = new ArrayList<>();
        try (ConsoleProgress progress =
                ConsoleProgress.start("align", utterances.size(), "utterances")) {
            for (Utterance utterance : utterances) {
                String text = texts.text(utterance);
                try {
                    aligned.add(
                            new AlignedUtterance(
                                    utterance,
                                    text,
                                    aligner.align(
                                            utterance.emissions(), utterance.frames(), text)));
                } catch (UnalignableTextException e) {
                    skipped.add(utterance.id(), "text cannot be aligned", e.getMessage());
                } catch (UnknownCharacterException e) {
                    skipped.add(
                            utterance.id(),
                            "characters not in the alphabet",
                            e.getMessage() + " (--letter-case, --normalization)");
                }
                progress.step();
            }
        }
        return aligned;
    }

    private List<Utterance> select(List<Utterance> utterances) throws IOException {
        if (selected == null) {
            return utterances;
        }
        Set<String> missing = new HashSet<>(selected);
        utterances.forEach(utterance -> missing.remove(utterance.id()));
        if (!missing.isEmpty()) {
            throw new IOException(
                    "there is no utterance "
                            + String.join(", ", missing)
                            + " with both emissions and a text");
        }
        return utterances.stream().filter(u -> selected.contains(u.id())).toList();
    }

    private static void writeJson(List<AlignedUtterance> aligned, Path file, FrameScale scale)
            throws IOException {
        List<String> lines = aligned.stream().map(a -> JsonOutput.line(a.json(scale))).toList();
        OutputFileException.guard(file, () -> Files.write(file, lines));
    }

    private void writeFolder(List<AlignedUtterance> aligned, Alphabet alphabet, FrameScale scale)
            throws IOException {
        Files.createDirectories(out);
        writeJson(aligned, out.resolve("alignments.jsonl"), scale);
        FileNames names = new FileNames();
        try (ConsoleProgress progress = ConsoleProgress.start("write", aligned.size(), "files")) {
            for (AlignedUtterance entry : aligned) {
                String name = names.name(entry.utterance().id());
                Path grid = out.resolve(name + ".TextGrid");
                String text = entry.textGrid(scale).toString();
                OutputFileException.guard(grid, () -> Files.writeString(grid, text));
                if (pictures) {
                    AlignmentPicture picture =
                            new AlignmentPicture(
                                    alphabet,
                                    entry.utterance().id(),
                                    new Posteriors(
                                            entry.utterance().emissions(),
                                            entry.utterance().frames(),
                                            alphabet.size()),
                                    entry.alignment(),
                                    scale);
                    PictureFile.write(picture.draw(), out.resolve(name + ".png"));
                }
                progress.step();
            }
        }
    }
}
