package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.PartialResult;
import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the logits of a streaming model as they come. A sentence ends where the model has found
 * nothing for the length of a pause: it knows speech from noise better than the energy does. The
 * frames of a pause go to neither sentence, but for the first few.
 */
final class StreamingRecogniser implements LiveRecogniser {

    private static final PartialResult NOTHING = new PartialResult("", "");

    private final LogitStream logits;
    private final CTCDecoder decoder;
    private final Alphabet alphabet;
    private final int delimiter;
    private final SentenceBuilder sentences;
    private final double secondsPerFrame;
    private final int pauseFrames;
    private final int longestFrames;
    private TextStream sentence;
    private PartialResult shown = NOTHING;
    private long frames;
    private long sentenceStart;
    private long lastSpeech;
    private boolean heard;
    private boolean finished;
    private boolean closed;

    /**
     * Creates a stream.
     *
     * @param logits those of its sound, closed with it
     * @param decoder finds the text
     * @param pauses which pauses end a sentence
     * @param secondsPerFrame the duration of a frame of the logits
     */
    StreamingRecogniser(
            LogitStream logits, CTCDecoder decoder, Pauses pauses, double secondsPerFrame) {
        this.logits = logits;
        this.decoder = decoder;
        this.secondsPerFrame = secondsPerFrame;
        alphabet = decoder.alphabet();
        delimiter = alphabet.wordDelimiter().orElse(alphabet.blank());
        sentences = new SentenceBuilder(secondsPerFrame);
        pauseFrames = (int) Math.ceil(pauses.seconds() / secondsPerFrame);
        longestFrames = (int) Math.ceil(pauses.longestSentence() / secondsPerFrame);
        sentence = TextStream.of(decoder);
    }

    @Override
    public List<LiveEvent> accept(float[] samples, int offset, int length) {
        requireUnfinished();
        List<LiveEvent> events = new ArrayList<>();
        decode(logits.accept(samples, offset, length), events);
        return events;
    }

    private void decode(float[] rows, List<LiveEvent> events) {
        int classes = alphabet.size();
        int count = rows.length / classes;
        int from = 0;
        for (int frame = 0; frame < count; frame++) {
            if (isSpeech(rows, frame * classes)) {
                heard = true;
                lastSpeech = frames;
            }
            frames++;
            boolean paused = frames - Math.max(lastSpeech, sentenceStart) >= pauseFrames;
            if (paused || frames - sentenceStart >= longestFrames) {
                feed(rows, from, frame + 1);
                from = frame + 1;
                endSentence(events);
            }
        }
        feed(rows, from, count);
        if (count > 0) {
            progress(events);
        }
    }

    private void feed(float[] rows, int from, int to) {
        if (to > from) {
            int classes = alphabet.size();
            sentence.accept(Arrays.copyOfRange(rows, from * classes, to * classes), to - from);
        }
    }

    private boolean isSpeech(float[] rows, int from) {
        int best = EmissionRows.indexOfMax(rows, from, alphabet.size());
        return best != alphabet.blank() && best != delimiter;
    }

    private void progress(List<LiveEvent> events) {
        PartialResult now = heard ? sentence.soFar() : NOTHING;
        if (!now.equals(shown)) {
            shown = now;
            String stable = now.stableText();
            String guess = now.text().substring(stable.length()).stripLeading();
            events.add(new LiveEvent.Progress(frames * secondsPerFrame, stable, guess));
        }
    }

    private void endSentence(List<LiveEvent> events) {
        double start = sentenceStart * secondsPerFrame;
        double end = frames * secondsPerFrame;
        Optional<Segment> found =
                heard ? sentences.of(sentence.finish(), start, end) : Optional.empty();
        if (found.isPresent()) {
            events.add(new LiveEvent.Sentence(found.get()));
            shown = NOTHING;
        }
        sentence = TextStream.of(decoder);
        sentenceStart = frames;
        heard = false;
    }

    @Override
    public List<LiveEvent> finish() {
        requireUnfinished();
        List<LiveEvent> events = new ArrayList<>();
        decode(logits.finish(), events);
        endSentence(events);
        finished = true;
        return events;
    }

    @Override
    public void close() {
        finished = true;
        if (!closed) {
            closed = true;
            logits.close();
        }
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the stream is finished; open another");
        }
    }
}
