package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.RunKey;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code speech synthesize}. */
@Command(
        name = "synthesize",
        description =
                "Writes synthetic spoken commands as WAV files with manifests; with --utterances"
                        + " 5400 --seed 1 those that train reads without options.",
        sortOptions = false)
final class SynthesizeCommand implements Callable<Integer> {

    private static final String RESUME = "--resume";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The folder: train.jsonl, validation.jsonl and test.jsonl, each with a folder of"
                            + " WAV files.")
    private Path folder;

    @Option(
            names = "--utterances",
            defaultValue = "1500",
            paramLabel = "N",
            description = "The number of training utterances (default: ${DEFAULT-VALUE}).")
    private int utterances;

    @Option(
            names = "--validation-utterances",
            defaultValue = "100",
            paramLabel = "N",
            description = "The number of validation utterances (default: ${DEFAULT-VALUE}).")
    private int validationUtterances;

    @Option(
            names = "--test-utterances",
            defaultValue = "200",
            paramLabel = "N",
            description = "The number of test utterances (default: ${DEFAULT-VALUE}).")
    private int testUtterances;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "SEED",
            description = "Decides sentences, speakers and noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = RESUME,
            description =
                    "Go on with a run of the same options that ended early, after the utterances"
                            + " that it has written.")
    private boolean resume;

    @Override
    public Integer call() throws IOException {
        OptionRules rules = new OptionRules(spec);
        rules.requireWithin(0, SyntheticCorpus.MAX_UTTERANCES, "--utterances", utterances);
        rules.requireWithin(
                0, SyntheticCorpus.MAX_UTTERANCES, "--validation-utterances", validationUtterances);
        rules.requireWithin(0, SyntheticCorpus.MAX_UTTERANCES, "--test-utterances", testUtterances);
        Corpus<Utterance> corpus =
                SyntheticCorpus.builder()
                        .optTrainUtterances(utterances)
                        .optValidationUtterances(validationUtterances)
                        .optTestUtterances(testUtterances)
                        .optSeed(seed)
                        .build();
        long total = (long) utterances + validationUtterances + testUtterances;
        try (ConsoleProgress progress = ConsoleProgress.start("write", total, Utterance.UNIT);
                SynthesizedFiles files = open()) {
            try {
                for (Split split : Split.values()) {
                    for (Utterance utterance : corpus.samples(split)) {
                        files.write(split, utterance);
                        progress.step();
                    }
                }
            } catch (IOException | RuntimeException e) {
                files.leftNotes().forEach(spec.commandLine().getErr()::println);
                throw e;
            }
            files.finish().forEach(spec.commandLine().getOut()::println);
        }
        return 0;
    }

    private SynthesizedFiles open() throws IOException {
        String key = RunKey.of(spec, Set.of(RESUME));
        return resume ? SynthesizedFiles.resume(folder, key) : SynthesizedFiles.create(folder, key);
    }
}
