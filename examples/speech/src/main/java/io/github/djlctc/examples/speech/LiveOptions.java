package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.DecoderOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.speech.live.LiveModel;
import io.github.djlctc.examples.speech.live.LiveSpeechModel;
import io.github.djlctc.examples.speech.live.Pauses;
import io.github.djlctc.examples.speech.model.SpeechModel;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;

/** The options that recognition of sound that comes has in {@code listen} and {@code serve}. */
final class LiveOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--model",
            defaultValue = "speech-model",
            paramLabel = "DIR",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--pause",
            defaultValue = "" + Pauses.DEFAULT_SECONDS,
            paramLabel = "S",
            description = "The pause that ends a sentence, in seconds (default: ${DEFAULT-VALUE}).")
    private double pause;

    @Option(
            names = "--longest-sentence",
            defaultValue = "" + Pauses.DEFAULT_LONGEST,
            paramLabel = "S",
            description =
                    "Where nobody pauses, sentences are cut after that many seconds (default:"
                            + " ${DEFAULT-VALUE}).")
    private double longest;

    @Mixin private DecoderOptions decoder;

    /** A model that is to be closed. */
    record Loaded(SpeechModel model, LiveModel live) implements AutoCloseable {

        @Override
        public void close() {
            model.close();
        }
    }

    /** Rejects values out of their ranges, before anything is read. */
    void check() throws IOException {
        pauses();
        decoder.check(folder);
    }

    private Pauses pauses() {
        return new OptionRules(spec).checked(() -> new Pauses(pause, longest));
    }

    Loaded load() throws IOException {
        SpeechModel model = SpeechModel.load(folder);
        try {
            return new Loaded(model, live(model));
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private LiveModel live(SpeechModel model) throws IOException {
        if (model.config().features().sampleRate() < 1) {
            throw new IOException(
                    folder
                            + ": the model reads precomputed features, not sound; take one that was"
                            + " trained on sound");
        }
        ModelDecoder chosen = decoder.load(folder, model);
        return new LiveSpeechModel(
                model,
                chosen.decoder(),
                hotwords -> chosen.search(hotwords, builder -> {}),
                pauses());
    }
}
