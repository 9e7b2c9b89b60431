package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.console.Terminal;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.decode.data.Emissions;
import io.github.djlctc.examples.decode.data.References;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        Optional<BeamSearchDecoder> beamSearch =
                greedy ? Optional.empty() : Optional.of(beamSearch(alphabet, used));
        DecodedResults results =
                new DecodedResults(beamSearch, texts == null ? null : new ScoredTexts(texts));
        DecodingTimes decodingTimes = new DecodingTimes(opened, threads.count());
        decode(opened, function(alphabet, beamSearch), results, decodingTimes);
        report(results, used, decodingTimes, alphabet, opened.ids());
    }

    private void decode(
            Emissions opened,
            Function<Utterance, BeamSearchResult> decoder,
            DecodedResults results,
            DecodingTimes decodingTimes)
            throws IOException, InterruptedException {
        ResultJson resultJson = new ResultJson(times.scale());
        long total = (long) repeat * opened.size();
        // Opened before decoding, so that a missing folder is reported before the work is done.
        try (PrintWriter file = out == null ? null : open(out);
                ConsoleProgress progress = progress(total)) {
            decodingTimes.add(
                    DecodingPass.run(
                            opened,
                            decoder,
                            threads.count(),
                            (id, result) -> {
                                write(id, result, resultJson, file);
                                results.add(id, result);
                                progress.step();
                            }));
            for (int i = 1; i < repeat; i++) {
                decodingTimes.add(
                        DecodingPass.run(
                                opened, decoder, threads.count(), (id, result) -> progress.step()));
            }
        }
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
        if (out == null && !json) {
            rules.rejectMeaningless(
                    "without --out or --json", "--nbest", TimeOptions.FRAME_SECONDS);
        }
    }

    private static Function<Utterance, BeamSearchResult> function(
            Alphabet alphabet, Optional<BeamSearchDecoder> beamSearch) {
        if (beamSearch.isPresent()) {
            BeamSearchDecoder decoder = beamSearch.get();
            return utterance -> decoder.search(utterance.emissions(), utterance.frames());
        }
        GreedyDecoder decoder = new GreedyDecoder(alphabet);
        return utterance ->
                new BeamSearchResult(
                        List.of(decoder.decode(utterance.emissions(), utterance.frames())),
                        List.of());
    }

    private BeamSearchDecoder beamSearch(Alphabet alphabet, UsedPrior used) throws IOException {
        return build(search.builder(alphabet), used);
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

    private static PrintWriter open(Path file) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    private void write(String id, BeamSearchResult result, ResultJson resultJson, PrintWriter file)
            throws OutputFileException {
        PrintWriter lines = file == null ? spec.commandLine().getOut() : file;
        if (file == null && !json) {
            lines.println(Printable.line(id) + "\t" + Printable.line(result.best().text()));
        } else {
            JsonObject object = file == null ? JsonOutput.event("utterance") : new JsonObject();
            resultJson.addTo(object, id, result);
            lines.println(JsonOutput.line(object));
        }
        if (lines.checkError()) {
            throw new OutputFileException(out == null ? "standard output" : out.toString());
        }
    }
}
