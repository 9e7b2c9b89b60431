package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.decoding.TuningGrid;
import io.github.djlctc.examples.common.decoding.WeightSetting;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.examples.common.picture.PictureFile;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code ctc-decode tune}. */
@Command(
        name = "tune",
        description = {
            "Finds the weights of the language model that give the least word error rate, or where"
                    + " nothing separates words, character error rate.",
            "The command that it prints has the other options as they were given here. Tune on"
                    + " utterances that are used neither for training nor for the final test."
        },
        sortOptions = false)
final class TuneCommand implements Callable<Integer> {

    /** Options that decode does not have. */
    private static final Set<String> OWN =
            Set.of("--alphas", "--betas", "--beams", "--picture", "--json", PriorOptions.WRITE);

    @Spec private CommandSpec spec;

    @Mixin private EmissionOptions emissions;

    @Option(
            names = "--refs",
            required = true,
            paramLabel = "JSONL",
            description = "The true texts, {\"utt\", \"text\"} a line.")
    private Path references;

    @Mixin private SearchOptions search;
    @Mixin private PriorOptions prior;
    @Mixin private ThreadOptions threads;

    @Option(
            names = "--alphas",
            split = ",",
            defaultValue = "0.3,0.5,0.7,0.9,1.1",
            paramLabel = "X",
            description =
                    "The weights of the language model to try, for natural logarithms (default:"
                            + " ${DEFAULT-VALUE}).")
    private double[] alphas;

    @Option(
            names = "--betas",
            split = ",",
            defaultValue = "0,1,2,3,4",
            paramLabel = "X",
            description = "What each word adds, to try (default: ${DEFAULT-VALUE}).")
    private double[] betas;

    @Option(
            names = "--beams",
            split = ",",
            defaultValue = "50",
            paramLabel = "N",
            description = "The beam widths to try (default: ${DEFAULT-VALUE}).")
    private int[] beams;

    @Option(
            names = "--picture",
            defaultValue = "tune.png",
            paramLabel = "PNG",
            description =
                    "Where to draw the error rates at the best beam width (default:"
                            + " ${DEFAULT-VALUE}).")
    private Path picture;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Alphabet alphabet = emissions.readAlphabet();
        try (Emissions all = emissions.open(alphabet)) {
            References texts = emissions.readReferences(references, all).with(alphabet::normalize);
            tune(all.only(texts::has), texts, alphabet);
        }
        return 0;
    }

    private void tune(Emissions utterances, References texts, Alphabet alphabet)
            throws IOException, InterruptedException {
        BeamSearchDecoder.Builder builder = search.builder(alphabet);
        OptionRules rules = new OptionRules(spec);
        UsedPrior used = prior.prior(alphabet, utterances, true, rules);
        rules.checked(
                () -> {
                    used.applyTo(builder);
                    return builder;
                });
        TuningGrid grid = new TuningGrid(alphas, betas, beams);
        long steps = (long) grid.settings().size() * utterances.size();
        try (ConsoleProgress progress = ConsoleProgress.start("tune", steps, "utterances")) {
            for (WeightSetting setting : grid.settings()) {
                ScoredTexts scored = decode(utterances, build(builder, setting), texts, progress);
                DecodingErrors errors = scored.errors(WordErrorUnit.of(alphabet));
                if (setting.equals(grid.settings().get(0))) {
                    LetterCaseHint.of(errors, scored)
                            .or(
                                    () ->
                                            UnknownCharactersHint.of(
                                                    search, alphabet, utterances.ids(), texts))
                            .ifPresent(spec.commandLine().getErr()::println);
                }
                grid.record(setting, errors);
                progress.message("best so far " + grid.best());
            }
        }
        report(grid, used);
    }

    private ScoredTexts decode(
            Emissions utterances,
            BeamSearchDecoder decoder,
            References texts,
            ConsoleProgress progress)
            throws IOException, InterruptedException {
        ScoredTexts scored = new ScoredTexts(texts);
        DecodingPass.run(
                utterances,
                utterance -> decoder.search(utterance.emissions(), utterance.frames()),
                threads.count(),
                (id, result) -> {
                    scored.add(id, result);
                    progress.step();
                });
        return scored;
    }

    private void check() {
        threads.check();
        search.check();
        OptionRules rules = new OptionRules(spec);
        prior.check(rules);
        if (!search.hasLanguageModel()) {
            throw rules.wrong("tune needs the option --lm");
        }
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder();
        for (double alpha : alphas) {
            rules.set("--alphas", alpha, builder::optLanguageModelWeight);
        }
        for (double beta : betas) {
            rules.set("--betas", beta, builder::optWordInsertionBonus);
        }
        for (int beam : beams) {
            rules.requireWithin(1, WeightOptions.MOST_HYPOTHESES, "--beams", beam);
        }
        Path folder = picture.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw rules.wrong("--picture: there is no folder " + folder);
        }
    }

    private BeamSearchDecoder build(BeamSearchDecoder.Builder builder, WeightSetting setting) {
        try {
            return setting.applyTo(builder).build();
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
    }

    private void report(TuningGrid grid, UsedPrior used) throws IOException {
        TuneReport report = new TuneReport(spec.commandLine().getOut(), used, prior.written());
        if (json) {
            report.printJson(grid, command(grid.best()));
        } else {
            report.printText(grid, command(grid.best()));
        }
        PictureFile.write(grid.heatMap().draw(), picture);
        if (!json) {
            report.printPicture(picture);
        }
    }

    /** Returns the command line that decodes with these weights. */
    private String command(WeightSetting best) {
        List<String> words = new ArrayList<>(List.of("ctc-decode", "decode"));
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!OWN.contains(option.longestName())) {
                words.add(option.longestName());
                words.addAll(option.originalStringValues());
            }
        }
        prior.written()
                .ifPresent(file -> words.addAll(List.of(PriorFileOptions.FILE, file.toString())));
        words.addAll(
                Arrays.asList(
                        "--alpha",
                        WeightSetting.decimal(best.alpha()),
                        "--beta",
                        WeightSetting.decimal(best.beta()),
                        "--beam",
                        Integer.toString(best.beam())));
        return String.join(" ", words.stream().map(TuneCommand::quote).toList());
    }

    private static String quote(String word) {
        return word.matches("[\\w./:,+=@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
