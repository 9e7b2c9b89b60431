package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;
import io.github.djlctc.file.AtomicFile;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code speech synthesize}. */
@Command(
        name = "synthesize",
        description =
                "Writes synthetic spoken commands as WAV files with manifests; with --utterances"
                        + " 2400 --seed 1 those that train reads without options.",
        sortOptions = false)
final class SynthesizeCommand implements Callable<Integer> {

    private static final int MOST_UTTERANCES = 100_000;

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

    @Override
    public Integer call() throws IOException {
        OptionRules rules = new OptionRules(spec);
        rules.requireWithin(0, MOST_UTTERANCES, "--utterances", utterances);
        rules.requireWithin(0, MOST_UTTERANCES, "--validation-utterances", validationUtterances);
        rules.requireWithin(0, MOST_UTTERANCES, "--test-utterances", testUtterances);
        Corpus<Utterance> corpus =
                SyntheticCorpus.builder()
                        .optTrainUtterances(utterances)
                        .optValidationUtterances(validationUtterances)
                        .optTestUtterances(testUtterances)
                        .optSeed(seed)
                        .build();
        long total = (long) utterances + validationUtterances + testUtterances;
        try (ConsoleProgress progress = ConsoleProgress.start("write", total, Utterance.UNIT)) {
            for (Split split : Split.values()) {
                write(split.name().toLowerCase(Locale.ROOT), corpus.samples(split), progress);
            }
        }
        return 0;
    }

    /** Writes the manifest last, so that every file it names is there. */
    private void write(String name, List<Utterance> samples, ConsoleProgress progress)
            throws IOException {
        Path sounds = Files.createDirectories(folder.resolve(name));
        StringBuilder manifest = new StringBuilder();
        for (Utterance utterance : samples) {
            Path file = sounds.resolve(utterance.id() + ".wav");
            Waveform sound = (Waveform) utterance.source().read();
            OutputFileException.guard(file, () -> WaveFile.write(sound, file));
            manifest.append(line(name + "/" + file.getFileName(), utterance, sound)).append('\n');
            progress.step();
        }
        Path file = folder.resolve(name + ".jsonl");
        OutputFileException.guard(file, () -> AtomicFile.writeString(file, manifest.toString()));
        spec.commandLine().getOut().println(file);
    }

    private static String line(String path, Utterance utterance, Waveform sound) {
        JsonObject object = new JsonObject();
        object.addProperty("audio_filepath", path);
        object.addProperty("text", utterance.text());
        object.addProperty("duration", sound.seconds());
        return JsonOutput.line(object);
    }
}
