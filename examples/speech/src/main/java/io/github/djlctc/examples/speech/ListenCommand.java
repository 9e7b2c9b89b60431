package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.GracefulStop;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.console.PrintableWriter;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.ResampledStream;
import io.github.djlctc.examples.speech.listen.JsonDisplay;
import io.github.djlctc.examples.speech.listen.LineDisplay;
import io.github.djlctc.examples.speech.listen.Microphone;
import io.github.djlctc.examples.speech.listen.RawSound;
import io.github.djlctc.examples.speech.listen.ScreenColumns;
import io.github.djlctc.examples.speech.listen.SoundFeed;
import io.github.djlctc.examples.speech.listen.TerminalDisplay;
import io.github.djlctc.examples.speech.listen.TextDisplay;
import io.github.djlctc.examples.speech.live.LiveModel;
import io.github.djlctc.examples.speech.live.LiveRecogniser;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code speech listen}. */
@Command(
        name = "listen",
        description =
                "Writes down what is said into a microphone, while it is said. Ctrl-C ends it.",
        sortOptions = false)
final class ListenCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int DEFAULT_RATE = 16_000;
    private static final int LOWEST_RATE = 1000;
    private static final int HIGHEST_RATE = 384_000;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "-",
            description =
                    "Read sound from the standard input, not from a microphone: raw 16-bit samples,"
                            + " signed, the low byte first, one channel.")
    private String source;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "The samples per second of the standard input (default: 16000).")
    private Integer rate;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "A part of the name of the microphone (default: the first one).")
    private String device;

    @Option(names = "--list-devices", description = "Print the names of the microphones, and end.")
    private boolean listDevices;

    @Mixin private LiveOptions live;
    @Mixin private EngineOptions engine;

    @Option(
            names = "--json",
            description = "Print JSON, one object a line: progress, sentence, end.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        check();
        if (listDevices) {
            return list();
        }
        engine.apply();
        try (GracefulStop stop = new GracefulStop()) {
            try (LiveOptions.Loaded loaded = live.load()) {
                listen(loaded.live(), stop);
            }
            stop.endWell();
        }
        return 0;
    }

    private void check() throws IOException {
        OptionRules rules = new OptionRules(spec);
        if (source == null) {
            rules.rejectMeaningless("without - for the standard input", "--rate");
        } else {
            if (!source.equals(STANDARD_INPUT)) {
                throw rules.wrong(
                        "only - for the standard input can be given, but not \""
                                + source
                                + "\"; for files there is \"speech transcribe\"");
            }
            rules.rejectMeaningless("with -", "--device", "--list-devices");
        }
        if (rate != null) {
            rules.requireWithin(LOWEST_RATE, HIGHEST_RATE, "--rate", rate);
        }
        live.check();
    }

    private int list() throws IOException {
        List<String> names = Microphone.names();
        if (names.isEmpty()) {
            throw new IOException("no microphone found");
        }
        names.forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private void listen(LiveModel model, GracefulStop stop) throws Exception {
        TextDisplay display = display();
        AudioStream sound = ResampledStream.of(open(model.sampleRate()), model.sampleRate());
        SoundFeed feed = new SoundFeed(sound);
        if (source == null) {
            spec.commandLine().getErr().println("listening; Ctrl-C ends it");
        }
        long heard = 0;
        try (LiveRecogniser recogniser = model.open(List.of())) {
            Optional<float[]> block = feed.take();
            while (block.isPresent() && !stop.isRequested()) {
                float[] samples = block.get();
                heard += samples.length;
                recogniser.accept(samples, 0, samples.length).forEach(display::show);
                block = feed.take();
            }
            recogniser.finish().forEach(display::show);
        }
        display.end(heard / (double) sound.sampleRate());
    }

    private AudioStream open(int modelRate) throws IOException {
        if (source == null) {
            return Microphone.open(device == null ? "" : device, modelRate);
        }
        InputStream in = System.in;
        return new RawSound(in, rate == null ? DEFAULT_RATE : rate);
    }

    private TextDisplay display() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            return new JsonDisplay(out);
        }
        return ScreenColumns.find().isPresent()
                ? new TerminalDisplay(
                        PrintableWriter.unescaped(out), () -> ScreenColumns.find().orElse(1))
                : new LineDisplay(out);
    }
}
