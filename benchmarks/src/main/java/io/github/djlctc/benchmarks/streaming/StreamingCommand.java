package io.github.djlctc.benchmarks.streaming;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.DecodeStream;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.PartialResult;
import io.github.djlctc.examples.common.command.DecoderOptions;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.ProgramCommandLine;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;
import io.github.djlctc.examples.speech.corpus.synthetic.TimedSpeech;
import io.github.djlctc.examples.speech.model.EmissionStream;
import io.github.djlctc.examples.speech.model.SpeechModel;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Speaks the synthetic test sentences to a streaming model, a part at a time, and prints the word
 * error rate, how long after the end of a word the text had it for good, and the processor time.
 * The beam search is that of the options, or else of the model's folder.
 *
 * <p>The end of a word is that of the synthesiser's last phone. The time of a text is that of the
 * sound that was given until then, without the time that computing took.
 */
@Command(
        name = "streaming",
        mixinStandardHelpOptions = true,
        description = "Measures how soon a streaming model has the words of synthetic speech.")
public final class StreamingCommand implements Callable<Integer> {

    private static final int MOST_MILLISECONDS = 10_000;
    private static final int MOST_UTTERANCES = 1_000_000;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The folder of a streaming model.")
    private Path folder;

    @Mixin private EngineOptions engine;

    @Option(
            names = "--part",
            defaultValue = "100",
            paramLabel = "MS",
            description = "The sound given at once (default: ${DEFAULT-VALUE} ms).")
    private int milliseconds;

    @Option(
            names = "--utterances",
            defaultValue = "200",
            paramLabel = "N",
            description = "Test sentences (default: ${DEFAULT-VALUE}).")
    private int utterances;

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Decides which utterances are synthesised; with that of the training they are"
                            + " its test set (default: ${DEFAULT-VALUE}).")
    private long dataSeed;

    @Mixin private DecoderOptions decoderOptions;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Delays greedy = new Delays("greedy");
    private final Delays best = new Delays("beam, best");
    private final Delays stable = new Delays("beam, stable");
    private long emissionTime;
    private long searchTime;
    private double soundSeconds;

    /** Creates the command; picocli sets its options. */
    public StreamingCommand() {}

    /**
     * Runs the command.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(ProgramCommandLine.of(new StreamingCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        OptionRules rules = new OptionRules(spec);
        rules.requireWithin(1, MOST_MILLISECONDS, "--part", milliseconds);
        rules.requireWithin(1, MOST_UTTERANCES, "--utterances", utterances);
        decoderOptions.check(folder);
        engine.apply();
        try (SpeechModel model = SpeechModel.load(folder)) {
            BeamSearchDecoder decoder =
                    decoderOptions.load(folder, model).search(List.of(), builder -> {});
            List<TimedSpeech> sentences =
                    SyntheticCorpus.builder()
                            .optSeed(dataSeed)
                            .optTestUtterances(utterances)
                            .timedTest()
                            .toList();
            // The first calls compile code.
            sentences.stream().limit(20).forEach(speech -> new Run(model, decoder).speak(speech));
            emissionTime = 0;
            searchTime = 0;
            for (TimedSpeech speech : sentences) {
                Run run = new Run(model, decoder);
                run.speak(speech);
                greedy.add(speech, run.greedyTimer);
                best.add(speech, run.bestTimer);
                stable.add(speech, run.stableTimer);
                soundSeconds += speech.sound().seconds();
            }
            print(model);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(SpeechModel model) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "lookahead of the model: %.0f ms; sound in parts of %d ms%n",
                1000 * model.lookaheadSeconds(), milliseconds);
        out.println(greedy);
        out.println(best);
        out.println(stable);
        out.printf(
                "processor time per second of sound: %.1f ms for emissions, %.1f ms for the beam"
                        + " search%n",
                emissionTime / 1e6 / soundSeconds, searchTime / 1e6 / soundSeconds);
    }

    /** One sentence. */
    private final class Run {

        private final SpeechModel model;
        private final GreedyDecoder greedyDecoder;
        private final DecodeStream search;
        private final WordTimer greedyTimer = new WordTimer();
        private final WordTimer bestTimer = new WordTimer();
        private final WordTimer stableTimer = new WordTimer();
        private float[] emissions = new float[0];

        Run(SpeechModel model, BeamSearchDecoder decoder) {
            this.model = model;
            greedyDecoder = model.decoder();
            search = decoder.openStream();
        }

        void speak(TimedSpeech speech) {
            float[] samples = speech.sound().samples();
            int rate = speech.sound().sampleRate();
            int part = rate * milliseconds / 1000;
            try (EmissionStream stream = model.openStream()) {
                for (int from = 0; from < samples.length; from += part) {
                    int count = Math.min(part, samples.length - from);
                    long start = threads.getCurrentThreadCpuTime();
                    float[] next = stream.accept(samples, from, count);
                    emissionTime += threads.getCurrentThreadCpuTime() - start;
                    show(next, (from + count) / (double) rate);
                }
                long start = threads.getCurrentThreadCpuTime();
                float[] rest = stream.finish();
                emissionTime += threads.getCurrentThreadCpuTime() - start;
                show(rest, speech.sound().seconds());
            }
            String text = search.finish().best().text();
            bestTimer.show(text, speech.sound().seconds());
            stableTimer.show(text, speech.sound().seconds());
        }

        private void show(float[] next, double seconds) {
            int frames = next.length / model.alphabet().size();
            long start = threads.getCurrentThreadCpuTime();
            search.accept(next, frames);
            PartialResult partial = search.partialResult();
            searchTime += threads.getCurrentThreadCpuTime() - start;
            bestTimer.show(partial.text(), seconds);
            stableTimer.show(partial.stableText(), seconds);
            int before = emissions.length;
            emissions = Arrays.copyOf(emissions, before + next.length);
            System.arraycopy(next, 0, emissions, before, next.length);
            int all = emissions.length / model.alphabet().size();
            greedyTimer.show(greedyDecoder.decode(emissions, all).text(), seconds);
        }
    }
}
