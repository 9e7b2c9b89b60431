package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The passages of sound for a model that reads whole utterances.
 *
 * <p>Short sound without a long pause is one passage. In other sound the model hears the
 * {@linkplain SpeechDetector stretches of speech} one by one, as it heard the utterances that it
 * was trained on: its features are normalised over all that it hears, and in sound with long
 * pauses, or several speakers, that would be of another kind. Where speech had to be cut without a
 * pause, the model hears a second more on both sides of the cut, and the logits are joined at a
 * {@linkplain Seam seam} in the two seconds that both parts have.
 */
final class StretchPassages implements PassageSource {

    private static final double CONTEXT_SECONDS = 1;

    /** The least pause between stretches. */
    private static final double PAUSE_SECONDS = 0.3;

    /** The least pause that short sound is cut at: longer than those within a sentence. */
    private static final double LONG_PAUSE_SECONDS = 0.6;

    private final SpeechModel model;
    private final SoundBuffer sound;
    private final int classes;

    /** Samples from one frame of the logits to the next. */
    private final int stride;

    private final int context;
    private final SpeechDetector detector;
    private final Queue<Passage> ready = new ArrayDeque<>();
    private boolean started;

    /** Cuts speech without pauses; null outside of it. */
    private PassageCutter cutter;

    /** The logits of the two seconds around the last cut, as the part before it has them. */
    private float[] pending = {};

    StretchPassages(SpeechModel model, AudioStream sound) {
        this.model = model;
        this.sound = new SoundBuffer(sound);
        classes = model.alphabet().size();
        stride = Math.toIntExact(Math.round(model.secondsPerFrame() * sound.sampleRate()));
        context =
                Math.toIntExact(Math.round(CONTEXT_SECONDS * sound.sampleRate() / stride)) * stride;
        detector = detector(PAUSE_SECONDS);
    }

    private SpeechDetector detector(double pauseSeconds) {
        return new SpeechDetector(sound, stride, context, pauseSeconds);
    }

    @Override
    public Optional<Passage> next() throws IOException {
        if (!started) {
            started = true;
            long most = Math.round(Transcriber.SHORT_SECONDS * sound.sampleRate());
            sound.fillTo(most + 1);
            if (sound.end() <= most) {
                hearShort();
            }
        }
        while (ready.isEmpty()) {
            Optional<Stretch> next = detector.next();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            hear(next.get());
        }
        return Optional.of(ready.remove());
    }

    /** Hears the sound, all of which is in the buffer; in digital silence a model hears letters. */
    private void hearShort() throws IOException {
        SpeechDetector pauses = detector(LONG_PAUSE_SECONDS);
        List<Stretch> stretches = new ArrayList<>();
        Optional<Stretch> next = pauses.next();
        while (next.isPresent()) {
            stretches.add(next.get());
            next = pauses.next();
        }
        if (stretches.size() > 1) {
            stretches.forEach(this::hear);
        } else {
            hearBetweenSilences();
        }
        detector.skipTo(sound.end());
    }

    /** Hears the sound but for digital silence before and after it. */
    private void hearBetweenSilences() {
        int step = SoundLevels.step(sound.sampleRate());
        double[] levels = SoundLevels.of(sound.copy(0, sound.end()), step);
        if (SoundLevels.areSilent(levels)) {
            return;
        }
        int first = 0;
        int last = levels.length - 1;
        while (first < last && SoundLevels.isSilent(levels[first])) {
            first++;
        }
        while (last > first && SoundLevels.isSilent(levels[last])) {
            last--;
        }
        long from = (long) first * step / stride * stride;
        long to = last < levels.length - 1 ? (last + 1L) * step : sound.end();
        ready.add(passage(logits(from, to), from / stride));
    }

    private void hear(Stretch stretch) {
        if (stretch.isWhole()) {
            ready.add(passage(logits(stretch.from(), stretch.to()), stretch.from() / stride));
            return;
        }
        long from = stretch.startsAfterPause() ? stretch.from() : stretch.from() - context;
        long to =
                stretch.endsAtPause()
                        ? stretch.to()
                        : Math.min(sound.end(), stretch.to() + context);
        float[] logits = joined(logits(from, to));
        if (cutter == null) {
            cutter = new PassageCutter(model.alphabet(), model.secondsPerFrame(), from / stride);
        }
        int kept = logits.length;
        if (!stretch.endsAtPause()) {
            kept = (int) ((stretch.to() - context - from) / stride) * classes;
        }
        cutter.accept(Arrays.copyOf(logits, kept));
        pending = Arrays.copyOfRange(logits, kept, logits.length);
        addAll();
        if (stretch.endsAtPause()) {
            cutter.finish().ifPresent(ready::add);
            cutter = null;
        }
    }

    private void addAll() {
        Optional<Passage> next = cutter.next();
        while (next.isPresent()) {
            ready.add(next.get());
            next = cutter.next();
        }
    }

    private Passage passage(float[] logits, long firstFrame) {
        return new Passage(logits, logits.length / classes, firstFrame);
    }

    private float[] logits(long from, long to) {
        try {
            return model.logits(new Waveform(sound.copy(from, to), sound.sampleRate()));
        } catch (UnsuitableSignalException e) {
            if (from == 0) {
                throw e;
            }
            throw new UnsuitableSignalException(
                    e.getMessage() + " (counted from sample " + from + " of the sound)");
        }
    }

    /** Joins what is pending with logits that begin at the same frame. */
    private float[] joined(float[] logits) {
        int frames = Math.min(pending.length, logits.length) / classes;
        if (frames > 0) {
            int seam = Seam.find(pending, logits, frames, classes, model.alphabet().blank());
            System.arraycopy(pending, 0, logits, 0, seam * classes);
        }
        return logits;
    }

    @Override
    public double secondsRead() {
        return sound.secondsRead();
    }

    @Override
    public void close() {}
}
