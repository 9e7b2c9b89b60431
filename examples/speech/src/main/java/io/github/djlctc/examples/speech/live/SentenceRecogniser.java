package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.Hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recognises a sentence as a whole once a pause has ended it, for models that read an utterance in
 * both directions. Meanwhile the sentence so far is recognised again and again, each time it has
 * grown by a quarter, so that all of it costs a few times what the sentence costs once.
 */
final class SentenceRecogniser implements LiveRecogniser {

    /** Finds the text of a sound. */
    @FunctionalInterface
    interface WholeRecogniser {

        /**
         * Recognises a sentence.
         *
         * @param samples its sound
         * @return the hypothesis, or nothing if the sound is too short for the model
         */
        Optional<Hypothesis> recognise(float[] samples);
    }

    private static final double MIN_SPEECH_SECONDS = 0.05;
    private static final double LEAD_SECONDS = 0.3;
    private static final double TAIL_SECONDS = 0.3;

    /** More silence than this around a sentence harms models that were trained without. */
    private static final double MARGIN_SECONDS = 0.02;

    /** So long after the start, noise cannot be told from soft sounds. */
    private static final double FLOOR_UNKNOWN_SECONDS = 0.7;

    private static final double FIRST_GUESS_SECONDS = 0.6;
    private static final double LEAST_GROWTH_SECONDS = 0.4;
    private static final double GROWTH = 1.25;
    private static final double CUT_SEARCH_SECONDS = 3;
    private static final double CUT_WINDOW_SECONDS = 0.05;

    private final int sampleRate;
    private final Pauses pauses;
    private final WholeRecogniser recogniser;
    private final SentenceBuilder sentences;
    private final PauseDetector detector;
    private final SoundBuffer buffer = new SoundBuffer();
    private boolean speaking;
    private long start;
    private long nextGuess;
    private boolean finished;

    /**
     * Creates a stream.
     *
     * @param sampleRate samples per second
     * @param pauses which pauses end a sentence
     * @param recogniser recognises a sentence
     * @param secondsPerFrame the duration of a frame of its hypotheses
     */
    SentenceRecogniser(
            int sampleRate, Pauses pauses, WholeRecogniser recogniser, double secondsPerFrame) {
        this.sampleRate = sampleRate;
        this.pauses = pauses;
        this.recogniser = recogniser;
        sentences = new SentenceBuilder(secondsPerFrame);
        detector = new PauseDetector(sampleRate);
    }

    @Override
    public List<LiveEvent> accept(float[] samples, int offset, int length) {
        requireUnfinished();
        List<LiveEvent> events = new ArrayList<>();
        for (int i = offset; i < offset + length; i++) {
            buffer.add(samples[i]);
            if (detector.accept(samples[i])) {
                advance(events);
            }
        }
        if (speaking && buffer.end() >= nextGuess) {
            guess(events);
        }
        return events;
    }

    private void advance(List<LiveEvent> events) {
        if (!speaking) {
            if (detector.speechSeconds() >= MIN_SPEECH_SECONDS) {
                speaking = true;
                start = beginning();
                nextGuess = start + samples(FIRST_GUESS_SECONDS);
            } else {
                buffer.forgetBefore(buffer.end() - samples(LEAD_SECONDS));
            }
        } else if (detector.pauseSeconds() >= pauses.seconds()) {
            end(buffer.end() - samples(silence()), events);
            speaking = false;
        } else if (buffer.end() - start >= samples(pauses.longestSentence())) {
            long cut =
                    buffer.quietest(
                            buffer.end() - samples(CUT_SEARCH_SECONDS),
                            (int) samples(CUT_WINDOW_SECONDS));
            end(cut, events);
            start = cut;
            nextGuess = buffer.end() + samples(LEAST_GROWTH_SECONDS);
        }
    }

    /** Finds where the sentence began: soft sounds belong to it, silence does not. */
    private long beginning() {
        long earliest = Math.max(buffer.first(), buffer.end() - samples(LEAD_SECONDS));
        if (buffer.end() < samples(FLOOR_UNKNOWN_SECONDS)) {
            return earliest;
        }
        return Math.max(
                earliest, buffer.end() - samples(detector.audibleSeconds() + MARGIN_SECONDS));
    }

    /** How long before now the sentence ended. */
    private double silence() {
        return Math.max(
                0,
                Math.max(
                        detector.inaudibleSeconds() - MARGIN_SECONDS,
                        detector.pauseSeconds() - TAIL_SECONDS));
    }

    private void guess(List<LiveEvent> events) {
        String text =
                recogniser
                        .recognise(buffer.copy(start, buffer.end()))
                        .map(Hypothesis::text)
                        .orElse("");
        events.add(new LiveEvent.Progress(seconds(buffer.end()), "", text));
        long length = buffer.end() - start;
        nextGuess =
                start + Math.max((long) (GROWTH * length), length + samples(LEAST_GROWTH_SECONDS));
    }

    private void end(long end, List<LiveEvent> events) {
        recogniser
                .recognise(buffer.copy(start, end))
                .flatMap(text -> sentences.of(text, seconds(start), seconds(end)))
                .ifPresentOrElse(
                        segment -> events.add(new LiveEvent.Sentence(segment)),
                        () -> events.add(new LiveEvent.Progress(seconds(buffer.end()), "", "")));
        buffer.forgetBefore(end);
    }

    @Override
    public List<LiveEvent> finish() {
        requireUnfinished();
        finished = true;
        List<LiveEvent> events = new ArrayList<>();
        if (speaking) {
            double left = detector.pauseSeconds() <= TAIL_SECONDS ? 0 : silence();
            end(Math.max(start, buffer.end() - samples(left)), events);
        }
        return events;
    }

    @Override
    public void close() {
        finished = true;
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the stream is finished; open another");
        }
    }

    private long samples(double seconds) {
        return Math.round(seconds * sampleRate);
    }

    private double seconds(long samples) {
        return samples / (double) sampleRate;
    }
}
