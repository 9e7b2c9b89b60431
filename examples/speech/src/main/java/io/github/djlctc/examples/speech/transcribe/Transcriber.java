package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.ResampledStream;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.Transcription;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Transcribes sound of any length, in memory that does not depend on it (but for the text).
 *
 * <p>Sound of up to 10 s without a pause of 0.6 s is given to the model and decoded as a whole. Of
 * other sound, each stretch of speech between two pauses is; speech without a pause for 30 s goes
 * through the model in overlapping pieces, whose logits are joined. A streaming model hears the
 * sound from its start to its end, and what it gives between two pauses is decoded at once.
 *
 * <p>Thread-safe, if the model is not changed meanwhile.
 */
public final class Transcriber {

    /** The longest sound that is only cut at long pauses. */
    static final double SHORT_SECONDS = 10;

    /** The longest speech that is decoded at once, if it is of longer sound. */
    static final double PIECE_SECONDS = 30;

    private final SpeechModel model;
    private final CTCDecoder decoder;

    /**
     * Creates a transcriber.
     *
     * @param model the acoustic model; not closed
     * @param decoder finds the text; if it is a {@link BeamSearchDecoder} with several {@linkplain
     *     BeamSearchDecoder.Builder#optNBest best hypotheses}, segments have alternatives
     */
    public Transcriber(SpeechModel model, CTCDecoder decoder) {
        this.model = Objects.requireNonNull(model, "model");
        this.decoder = Objects.requireNonNull(decoder, "decoder");
    }

    /**
     * Transcribes a sound.
     *
     * @param sound read to its end, but not closed
     * @return what was said; without segments if that is nothing
     * @throws AudioFormatException if the sound is truncated or corrupt
     * @throws IOException if the sound cannot be read
     * @throws UnsuitableSignalException if the model cannot read the sound, or there is none
     */
    public Transcription transcribe(AudioStream sound) throws IOException {
        return transcribe(sound, secondsDone -> {});
    }

    /**
     * Transcribes a sound, and tells how far it has come.
     *
     * @param sound read to its end, but not closed
     * @param progress is told, after each piece, how many seconds have been transcribed
     * @return what was said; without segments if that is nothing
     * @throws AudioFormatException if the sound is truncated or corrupt
     * @throws IOException if the sound cannot be read
     * @throws UnsuitableSignalException if the model cannot read the sound, or there is none
     */
    public Transcription transcribe(AudioStream sound, DoubleConsumer progress) throws IOException {
        PassageDecoder texts = new PassageDecoder(decoder, model.frameScale());
        List<Segment> segments = new ArrayList<>();
        try (PassageSource passages = passages(atModelRate(sound))) {
            Optional<Passage> next = passages.next();
            while (next.isPresent()) {
                texts.decode(next.get(), passages.secondsRead()).ifPresent(segments::add);
                progress.accept(passages.secondsRead());
                next = passages.next();
            }
            progress.accept(passages.secondsRead());
            return new Transcription(passages.secondsRead(), segments);
        }
    }

    private PassageSource passages(AudioStream sound) {
        return model.isStreaming()
                ? new StreamedPassages(model, sound)
                : new StretchPassages(model, sound);
    }

    private AudioStream atModelRate(AudioStream sound) {
        int rate = model.config().features().sampleRate();
        if (rate <= 0 || rate == sound.sampleRate()) {
            return sound;
        }
        return ResampledStream.of(sound, rate);
    }
}
