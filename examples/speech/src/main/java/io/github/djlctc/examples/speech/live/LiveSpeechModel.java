package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.transcribe.Transcriber;
import io.github.djlctc.examples.speech.transcript.Transcription;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The live form of a {@link SpeechModel}. */
public final class LiveSpeechModel implements LiveModel {

    private final SpeechModel model;
    private final HotwordDecoders decoders;
    private final Pauses pauses;

    /**
     * Creates the live form.
     *
     * @param model a model of sound; stays open
     * @param decoder finds the text where no hotwords are given
     * @param withHotwords makes a decoder that favours hotwords
     * @param pauses which pauses end a sentence
     * @throws IllegalArgumentException if the model reads precomputed features
     */
    public LiveSpeechModel(
            SpeechModel model,
            CTCDecoder decoder,
            Function<List<Hotword>, CTCDecoder> withHotwords,
            Pauses pauses) {
        this.model = model;
        this.pauses = pauses;
        decoders = new HotwordDecoders(decoder, withHotwords);
        if (sampleRate() < 1) {
            throw new IllegalArgumentException(
                    "the model reads precomputed features, and so cannot hear sound; take one that"
                            + " was trained on sound");
        }
    }

    @Override
    public int sampleRate() {
        return model.config().features().sampleRate();
    }

    @Override
    public LiveRecogniser open(List<Hotword> hotwords) {
        CTCDecoder decoder = decoders.of(hotwords);
        if (model.isStreaming()) {
            return new StreamingRecogniser(
                    LogitStream.of(model.openStream()), decoder, pauses, model.secondsPerFrame());
        }
        return new SentenceRecogniser(
                sampleRate(),
                pauses,
                samples -> recognise(samples, decoder),
                model.secondsPerFrame());
    }

    @Override
    public Transcription transcribe(AudioStream sound, List<Hotword> hotwords) throws IOException {
        return new Transcriber(model, decoders.of(hotwords)).transcribe(sound);
    }

    private Optional<Hypothesis> recognise(float[] samples, CTCDecoder decoder) {
        float[] logits;
        try {
            logits = model.logits(new Waveform(samples, sampleRate()));
        } catch (UnsuitableSignalException e) {
            return Optional.empty();
        }
        return Optional.of(decoder.decode(logits, logits.length / model.alphabet().size()));
    }
}
