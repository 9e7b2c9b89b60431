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
 * <p>Sound of up to 30 s is given to the model and decoded as a whole. Longer sound goes through
 * the model in overlapping pieces, whose logits are joined; the decoder is given what is said
 * between two pauses at a time, and each such passage with words is a segment.
 *
 * <p>Thread-safe, if the model is not changed meanwhile.
 */
public final class Transcriber {

    /** The longest sound that the model is given at once, but for the context on both sides. */
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
    public Transcription transcribe(AudioStream sound, DoubleConsumer progress)
            throws IOException {
        PassageDecoder passages = new PassageDecoder(decoder, model.frameScale());
        List<Segment> segments = new ArrayList<>();
        try (LogitSource source = new PieceLogits(model, atModelRate(sound))) {
            float[] logits = source.next();
            if (source.isFinished()) {
                Passage whole = new Passage(logits, logits.length / model.alphabet().size(), 0);
                passages.decode(whole, source.secondsRead()).ifPresent(segments::add);
            } else {
                PassageCutter cutter =
                        new PassageCutter(model.alphabet(), model.secondsPerFrame());
                cutter.accept(logits);
                while (!source.isFinished()) {
                    decodeAll(cutter, passages, source, segments);
                    progress.accept(source.secondsRead());
                    cutter.accept(source.next());
                }
                decodeAll(cutter, passages, source, segments);
                cutter.finish()
                        .flatMap(rest -> passages.decode(rest, source.secondsRead()))
                        .ifPresent(segments::add);
            }
            progress.accept(source.secondsRead());
            return new Transcription(source.secondsRead(), segments);
        }
    }

    private static void decodeAll(
            PassageCutter cutter,
            PassageDecoder passages,
            LogitSource source,
            List<Segment> segments) {
        Optional<Passage> next = cutter.next();
        while (next.isPresent()) {
            passages.decode(next.get(), source.secondsRead()).ifPresent(segments::add);
            next = cutter.next();
        }
    }

    private AudioStream atModelRate(AudioStream sound) {
        int rate = model.config().features().sampleRate();
        if (rate <= 0 || rate == sound.sampleRate()) {
            return sound;
        }
        return ResampledStream.of(sound, rate);
    }
}
