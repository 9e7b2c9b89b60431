package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * The logits of a model that reads whole utterances, for sound of any length.
 *
 * <p>The sound is cut in {@linkplain QuietPlace quiet places} into pieces of 10 to 30 s. The model
 * hears each with a second more on both sides, its features normalised over that; the logits of
 * neighbours are joined at a {@linkplain Seam seam} in the two seconds that both have heard. Sound
 * of up to 30 s is a single piece, as if the model were given it directly.
 */
final class PieceLogits implements LogitSource {

    private static final double MIN_SECONDS = 10;
    private static final double CONTEXT_SECONDS = 1;

    private final SpeechModel model;
    private final SoundBuffer sound;
    private final int sampleRate;
    private final int classes;

    /** Samples from one frame of the logits to the next. */
    private final int stride;

    private final int context;

    /** Where the next piece starts, without what is before it as context. */
    private long pieceStart;

    /** What the last piece gave for the second before and after the cut behind it. */
    private float[] pending = {};

    private boolean finished;

    PieceLogits(SpeechModel model, AudioStream sound) {
        this.model = model;
        this.sound = new SoundBuffer(sound);
        sampleRate = sound.sampleRate();
        classes = model.alphabet().size();
        stride = Math.toIntExact(Math.round(model.secondsPerFrame() * sampleRate));
        context = whole(CONTEXT_SECONDS);
    }

    /** Returns a time as samples of whole frames. */
    private int whole(double seconds) {
        return (int) Math.round(seconds * sampleRate / stride) * stride;
    }

    @Override
    public float[] next() throws IOException {
        int longest = whole(Transcriber.PIECE_SECONDS);
        sound.fillTo(pieceStart + longest + Math.max(1, context));
        long from = Math.max(0, pieceStart - context);
        if (sound.end() - pieceStart <= longest) {
            finished = true;
            float[] logits = join(logits(from, sound.end()));
            pending = new float[0];
            return logits;
        }
        float[] piece = sound.copy(pieceStart, pieceStart + longest);
        long cut = pieceStart + QuietPlace.find(piece, sampleRate, whole(MIN_SECONDS));
        cut -= cut % stride;
        long to = Math.min(cut + context, sound.end());
        float[] joined = join(logits(from, to));
        int kept = joined.length - (int) ((to - Math.max(0, cut - context)) / stride + 1) * classes;
        pending = Arrays.copyOfRange(joined, kept, joined.length);
        pieceStart = cut;
        sound.dropBefore(cut - context);
        return Arrays.copyOf(joined, kept);
    }

    private float[] logits(long from, long to) {
        try {
            return model.logits(new Waveform(sound.copy(from, to), sampleRate));
        } catch (UnsuitableSignalException e) {
            if (from == 0) {
                throw e;
            }
            throw new UnsuitableSignalException(
                    String.format(
                            Locale.ROOT,
                            "counted from %.2f s: %s",
                            from / (double) sampleRate,
                            e.getMessage()));
        }
    }

    /** Joins what is pending with logits that begin at the same frame. */
    private float[] join(float[] logits) {
        int frames = Math.min(pending.length, logits.length) / classes;
        if (frames == 0) {
            return logits;
        }
        int seam = Seam.find(pending, logits, frames, classes, model.alphabet().blank());
        float[] joined = logits.clone();
        System.arraycopy(pending, 0, joined, 0, seam * classes);
        return joined;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public double secondsRead() {
        return sound.end() / (double) sampleRate;
    }

    @Override
    public void close() {}
}
