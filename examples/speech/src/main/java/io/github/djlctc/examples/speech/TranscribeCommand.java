package io.github.djlctc.examples.speech;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.InputFiles;
import io.github.djlctc.examples.common.command.NamedFileOptions;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code speech transcribe}. */
@Command(
        name = "transcribe",
        description = "Writes down what is said in audio files.",
        sortOptions = false)
final class TranscribeCommand implements Callable<Integer> {

    private static final Set<String> EXTENSIONS =
            Set.of("wav", "flac", "aif", "aiff", "aifc", "au", "snd");
    private static final int SHOWN_SKIPPED = 5;
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Spec private CommandSpec spec;

    @Mixin private EngineOptions engine;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Audio files, or folders of them: WAV, AIFF, AU or FLAC.")
    private List<Path> files;

    @Option(
            names = "--model",
            defaultValue = "speech-model",
            paramLabel = "DIR",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--times", description = "Print when each token starts and ends, in seconds.")
    private boolean times;

    @Option(names = "--json", description = "Print JSON, one object a file.")
    private boolean json;

    @Mixin private SkippingOptions skipping;
    @Mixin private NamedFileOptions named;

    @Override
    public Integer call() throws Exception {
        engine.apply();
        SkippedSamples skipped = skipping.newSkippedSamples();
        InputFiles found = InputFiles.find(files, EXTENSIONS);
        int done = 0;
        try (SpeechModel model = SpeechModel.load(folder)) {
            for (Path file : found.files()) {
                try {
                    print(file, model.transcribe(AudioFiles.read(file)), model.secondsPerFrame());
                    done++;
                } catch (AudioFormatException e) {
                    skipped.add(file.toString(), e.reason(), e.detail());
                } catch (IOException e) {
                    skipped.add(file.toString(), "audio file unreadable", ErrorText.of(e));
                } catch (UnsuitableSignalException e) {
                    skipped.add(file.toString(), "unsuitable for the model", e.getMessage());
                }
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        found.leftNote().ifPresent(err::println);
        skipped.summary(SHOWN_SKIPPED).forEach(err::println);
        if (done == 0) {
            throw new IOException("nothing was transcribed");
        }
        return named.exitCode(found, skipped);
    }

    private void print(Path file, Hypothesis hypothesis, double secondsPerFrame) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(GSON.toJson(object(file, hypothesis, secondsPerFrame)));
        } else {
            out.println(file + "\t" + hypothesis.text());
            if (times) {
                for (TokenSpan token : hypothesis.tokens()) {
                    out.printf(
                            Locale.ROOT,
                            "%10.2f %7.2f  %s%n",
                            token.startFrame() * secondsPerFrame,
                            token.endFrame() * secondsPerFrame,
                            token.token());
                }
            }
        }
        out.flush();
    }

    private JsonObject object(Path file, Hypothesis hypothesis, double secondsPerFrame) {
        JsonObject object = new JsonObject();
        object.addProperty("file", file.toString());
        object.addProperty("text", hypothesis.text());
        object.addProperty("score", hypothesis.score());
        if (times) {
            JsonArray words = new JsonArray();
            for (WordSpan word : hypothesis.words()) {
                words.add(
                        span(
                                "word",
                                word.word(),
                                word.startFrame() * secondsPerFrame,
                                word.endFrame() * secondsPerFrame,
                                word.logProbability()));
            }
            object.add("words", words);
            JsonArray tokens = new JsonArray();
            for (TokenSpan token : hypothesis.tokens()) {
                tokens.add(
                        span(
                                "token",
                                token.token(),
                                token.startFrame() * secondsPerFrame,
                                token.endFrame() * secondsPerFrame,
                                token.logProbability()));
            }
            object.add("tokens", tokens);
        }
        return object;
    }

    private static JsonObject span(
            String kind, String text, double start, double end, double logProbability) {
        JsonObject span = new JsonObject();
        span.addProperty(kind, text);
        span.addProperty("start", start);
        span.addProperty("end", end);
        span.addProperty("logProbability", logProbability);
        return span;
    }
}
