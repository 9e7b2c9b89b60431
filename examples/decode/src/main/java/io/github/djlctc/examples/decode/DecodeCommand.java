package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.LanguageModelCoverage;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.report.JsonOutput;
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
import java.util.ArrayList;
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
                    "Decode everything N times, and report the least and the median CPU time. The"
                            + " first passes warm the JVM up (default: ${DEFAULT-VALUE}).")
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
        ResultJson resultJson = new ResultJson(times.scale());
        Alphabet alphabet = emissions.readAlphabet();
        List<Utterance> utterances = emissions.readUtterances(alphabet);
        References texts =
                references == null
                        ? null
                        : emissions
                                .readReferences(references, utterances)
                                .with(alphabet::normalize);
        UsedPrior used =
                greedy
                        ? UsedPrior.none()
                        : prior.prior(
                                alphabet,
                                utterances,
                                search.hasLanguageModel(),
                                new OptionRules(spec));
        Optional<BeamSearchDecoder> beamSearch =
                greedy ? Optional.empty() : Optional.of(beamSearch(alphabet, used));
        List<BeamSearchResult> results;
        DecodingTimes decodingTimes = new DecodingTimes(utterances, threads.count());
        // Opened before decoding, so that a missing folder is reported before the work is done.
        try (PrintWriter writer = out == null ? null : open(out)) {
            results = decode(utterances, function(alphabet, beamSearch), decodingTimes);
            write(utterances, results, resultJson, writer);
        }
        warnOfNothing(utterances, results);
        Optional<LanguageModelCoverage> coverage =
                beamSearch.flatMap(d -> d.coverage(bestOf(results)));
        coverage.ifPresent(search::warnOfUnknown);
        DecodeReport report = new DecodeReport(spec.commandLine().getOut(), used, coverage);
        DecodingErrors errors =
                texts == null
                        ? null
                        : texts.errors(WordErrorUnit.of(alphabet), utterances, results);
        if (errors != null) {
            LetterCaseHint.of(errors, utterances, results, texts)
                    .or(() -> UnknownCharactersHint.of(search, alphabet, utterances, texts))
                    .ifPresent(spec.commandLine().getErr()::println);
        }
        ConfidenceRanking confidences =
                texts == null ? null : ConfidenceRanking.of(utterances, results, texts);
        if (json) {
            report.printJson(errors, confidences, decodingTimes);
        } else {
            report.printText(errors, confidences, decodingTimes);
        }
        return 0;
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

    private static List<Hypothesis> bestOf(List<BeamSearchResult> results) {
        return results.stream().map(BeamSearchResult::best).toList();
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

    private List<BeamSearchResult> decode(
            List<Utterance> utterances,
            Function<Utterance, BeamSearchResult> decoder,
            DecodingTimes decodingTimes)
            throws InterruptedException {
        List<BeamSearchResult> results = new ArrayList<>();
        long total = (long) repeat * utterances.size();
        try (ConsoleProgress progress = ConsoleProgress.start("decode", total, "utterances")) {
            for (int i = 0; i < repeat; i++) {
                DecodingPass pass =
                        DecodingPass.run(utterances, decoder, threads.count(), progress);
                decodingTimes.add(pass);
                results = pass.results();
            }
        }
        return results;
    }

    private void warnOfNothing(List<Utterance> utterances, List<BeamSearchResult> results) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).isNothing()) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "warning: utterance "
                                        + utterances.get(i).id()
                                        + ": nothing that the lexicon permits fits it, so its text"
                                        + " is empty");
            }
        }
    }

    private static PrintWriter open(Path file) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    private void write(
            List<Utterance> utterances,
            List<BeamSearchResult> results,
            ResultJson resultJson,
            PrintWriter writer)
            throws IOException {
        PrintWriter lines = writer == null ? spec.commandLine().getOut() : writer;
        for (int i = 0; i < utterances.size(); i++) {
            String id = utterances.get(i).id();
            if (writer == null && !json) {
                lines.println(id + "\t" + results.get(i).best().text());
                continue;
            }
            JsonObject object = writer == null ? JsonOutput.event("utterance") : new JsonObject();
            resultJson.addTo(object, id, results.get(i));
            lines.println(JsonOutput.line(object));
        }
        if (lines.checkError()) {
            throw new OutputFileException(out == null ? "standard output" : out.toString());
        }
    }
}
