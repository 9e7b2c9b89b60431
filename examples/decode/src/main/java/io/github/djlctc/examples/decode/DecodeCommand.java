package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.RunKey;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.TimeOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.console.Terminal;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.examples.common.emission.Utterance;
import io.github.djlctc.examples.common.report.ResumableLines;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** {@code ctc-decode decode}. */
@Command(
        name = "decode",
        description = {
            "Finds the text of each utterance.",
            "Scores and weights are natural logarithms: score = acoustic + alpha * lm + beta *"
                    + " number of words + gamma * number of their characters + unk-score * number"
                    + " of unknown words + weights of hotwords."
        },
        sortOptions = false)
final class DecodeCommand implements Callable<Integer> {

    private static final int MOST_REPETITIONS = 1_000_000;

    /** Options that change nothing of what is written with {@code --out}. */
    private static final Set<String> FREE =
            Set.of(
                    "--out",
                    "--resume",
                    "--refs",
                    "--threads",
                    "--repeat",
                    "--json",
                    "--write-prior");

    @Spec private CommandSpec spec;

    @Mixin private EmissionOptions emissions;

    @Option(
            names = "--refs",
            paramLabel = "JSONL",
            description =
                    "The true texts, {\"utt\", \"text\"} a line; prints word and character error"
                            + " rates.")
    private Path references;

    @Option(
            names = "--greedy",
            description = "Take the likeliest class of each frame, instead of a beam search.")
    private boolean greedy;

    @Mixin private SearchOptions search;
    @Mixin private PriorOptions prior;
    @Mixin private WeightOptions weights;

    @Option(
            names = "--nbest",
            paramLabel = "N",
            description = "How many hypotheses to write with --out or --json (default: 1).")
    private Integer nBest;

    @Mixin private ThreadOptions threads;
    @Mixin private TimeOptions times;

    @Option(
            names = "--repeat",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Read and decode everything N times, and report the least and the median CPU"
                            + " time of decoding. The first passes warm the JVM up (default:"
                            + " ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--out",
            paramLabel = "JSONL",
            description =
                    "Write texts, scores, words with times and confidences, and n-best lists, an"
                            + " utterance a line. Without it, texts are printed.")
    private Path out;

    @Option(
            names = "--resume",
            description =
                    "Go on with the --out of a run that ended early, of the same emissions and"
                            + " options.")
    private boolean resume;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Alphabet alphabet = emissions.readAlphabet();
        try (Emissions opened = emissions.open(alphabet)) {
            decode(opened, alphabet);
        }
        return 0;
    }

    private void decode(Emissions opened, Alphabet alphabet)
            throws IOException, InterruptedException {
        References texts =
                references == null
                        ? null
                        : emissions.readReferences(references, opened).with(alphabet::normalize);
        UsedPrior used =
                greedy
                        ? UsedPrior.none()
                        : prior.prior(
                                alphabet, opened, search.hasLanguageModel(), new OptionRules(spec));
        CTCDecoder decoder =
                greedy ? new GreedyDecoder(alphabet) : build(search.builder(alphabet), used);
        DecodedResults results =
                new DecodedResults(decoder, texts == null ? null : new ScoredTexts(texts));
        DecodingTimes decodingTimes = decode(opened, function(decoder), results);
        report(results, used, decodingTimes, alphabet, opened.ids());
    }

    private DecodingTimes decode(
            Emissions opened, Function<Utterance, BeamSearchResult> decoder, DecodedResults results)
            throws IOException, InterruptedException {
        // Opened before decoding, so that a missing folder is reported before the work is done.
        try (ResultOutput output = output(results)) {
            try {
                return decode(
                        opened.only(id -> !results.earlier().contains(id)),
                        decoder,
                        results,
                        output);
            } catch (IOException | RuntimeException e) {
                output.leftNote().ifPresent(spec.commandLine().getErr()::println);
                throw e;
            }
        }
    }

    private DecodingTimes decode(
            Emissions left,
            Function<Utterance, BeamSearchResult> decoder,
            DecodedResults results,
            ResultOutput output)
            throws IOException, InterruptedException {
        DecodingTimes decodingTimes =
                new DecodingTimes(left, results.earlier().size(), threads.count());
        try (ConsoleProgress progress = progress((long) repeat * left.size())) {
            decodingTimes.add(
                    DecodingPass.run(
                            left,
                            decoder,
                            threads.count(),
                            (id, result) -> {
                                output.write(id, result);
                                results.add(id, result);
                                progress.step();
                            }));
            output.finish();
            for (int i = 1; i < repeat; i++) {
                decodingTimes.add(
                        DecodingPass.run(
                                left, decoder, threads.count(), (id, result) -> progress.step()));
            }
        }
        return decodingTimes;
    }

    private ResultOutput output(DecodedResults results) throws IOException {
        ResultJson resultJson = new ResultJson(times.scale());
        PrintWriter printed = spec.commandLine().getOut();
        if (out == null) {
            return json ? ResultOutput.events(printed, resultJson) : ResultOutput.text(printed);
        }
        String key = RunKey.of(spec, FREE);
        ResumableLines lines =
                resume
                        ? ResumableLines.resume(
                                out, key, line -> results.add(new EarlierResult(line)))
                        : ResumableLines.create(out, key);
        if (resume) {
            lines.anewNote().ifPresent(spec.commandLine().getErr()::println);
        }
        return ResultOutput.file(lines, resultJson);
    }

    /** Returns the progress; results that come on a terminal show it themselves. */
    private ConsoleProgress progress(long total) {
        return out == null && repeat == 1 && Terminal.find().isPresent()
                ? ConsoleProgress.silent()
                : ConsoleProgress.start("decode", total, "utterances");
    }

    private void report(
            DecodedResults results,
            UsedPrior used,
            DecodingTimes decodingTimes,
            Alphabet alphabet,
            List<String> ids) {
        PrintWriter err = spec.commandLine().getErr();
        results.warningsOfNothing().forEach(err::println);
        results.coverage().ifPresent(search::warnOfUnknown);
        DecodeReport report =
                new DecodeReport(spec.commandLine().getOut(), used, results.coverage());
        ScoredTexts texts = results.texts();
        DecodingErrors errors = texts == null ? null : texts.errors(WordErrorUnit.of(alphabet));
        if (errors != null) {
            LetterCaseHint.of(errors, texts)
                    .or(() -> UnknownCharactersHint.of(search, alphabet, ids, texts.references()))
                    .ifPresent(err::println);
        }
        ConfidenceRanking confidences = texts == null ? null : texts.confidences();
        if (json) {
            report.printJson(errors, confidences, decodingTimes);
        } else {
            report.printText(errors, confidences, decodingTimes);
        }
    }

    private void check() {
        OptionRules rules = new OptionRules(spec);
        rules.requireWithin(1, MOST_REPETITIONS, "--repeat", repeat);
        if (greedy) {
            search.rejectAll("with --greedy");
            prior.rejectAll("with --greedy", rules);
            weights.rejectAll("with --greedy");
            rules.rejectMeaningless("with --greedy", "--nbest");
        }
        threads.check();
        search.check();
        prior.check(rules);
        rules.rejectOverwriting("--out");
        weights.check(search);
        if (nBest != null) {
            rules.requireWithin(1, WeightOptions.MOST_HYPOTHESES, "--nbest", nBest);
        }
        if (out == null) {
            rules.rejectMeaningless("without --out", "--resume");
        }
        if (out == null && !json) {
            rules.rejectMeaningless(
                    "without --out or --json", "--nbest", TimeOptions.FRAME_SECONDS);
        }
    }

    private static Function<Utterance, BeamSearchResult> function(CTCDecoder decoder) {
        if (decoder instanceof BeamSearchDecoder search) {
            return utterance -> search.search(utterance.emissions(), utterance.frames());
        }
        return utterance ->
                new BeamSearchResult(
                        List.of(decoder.decode(utterance.emissions(), utterance.frames())),
                        List.of());
    }

    private BeamSearchDecoder build(BeamSearchDecoder.Builder builder, UsedPrior used) {
        try {
            used.applyTo(builder);
            weights.applyTo(builder);
            if (nBest != null) {
                builder.optNBest(nBest);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
    }
}
