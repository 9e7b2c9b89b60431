package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedToken;
import io.github.djlctc.examples.speech.transcript.TimedWord;

import java.util.List;
import java.util.Optional;

/** Turns passages into segments of text. */
final class PassageDecoder {

    private final CTCDecoder decoder;
    private final FrameScale times;

    PassageDecoder(CTCDecoder decoder, FrameScale times) {
        this.decoder = decoder;
        this.times = times;
    }

    /**
     * Decodes a passage.
     *
     * @param passage the passage
     * @param seconds how much of the sound has been read; the last frame may reach beyond it
     * @return the segment; nothing if no word was found. If that is because no text that a lexicon
     *     permits fits, a segment without words, whose score is negative infinity
     */
    Optional<Segment> decode(Passage passage, double seconds) {
        List<Hypothesis> found = hypotheses(passage);
        Hypothesis best = found.get(0);
        Clock clock = new Clock(Math.toIntExact(passage.firstFrame()), seconds);
        if (best.isNothing()) {
            double start = clock.time(0);
            double end = clock.time(passage.frames());
            return Optional.of(new Segment(start, end, "", List.of(), best.score(), List.of()));
        }
        if (best.words().isEmpty()) {
            return Optional.empty();
        }
        List<TimedWord> words = best.words().stream().map(clock::word).toList();
        return Optional.of(
                new Segment(
                        words.get(0).start(),
                        words.get(words.size() - 1).end(),
                        best.text(),
                        words,
                        best.score(),
                        found.subList(1, found.size()).stream()
                                .map(h -> new Segment.Alternative(h.text(), h.score()))
                                .toList(),
                        best.tokens().stream()
                                .map(
                                        token ->
                                                new TimedToken(
                                                        token.token(),
                                                        clock.start(token),
                                                        clock.end(token),
                                                        token.logProbability()))
                                .toList()));
    }

    private List<Hypothesis> hypotheses(Passage passage) {
        return decoder instanceof BeamSearchDecoder search
                ? search.search(passage.logits(), passage.frames()).nBest()
                : List.of(decoder.decode(passage.logits(), passage.frames()));
    }

    /** The time of a passage's frames. */
    private final class Clock {

        private final int firstFrame;
        private final double latest;

        Clock(int firstFrame, double latest) {
            this.firstFrame = firstFrame;
            this.latest = latest;
        }

        double start(FrameSpan span) {
            return time(span.startFrame());
        }

        double end(FrameSpan span) {
            return time(span.endFrame());
        }

        private double time(int frame) {
            return Math.min(latest, times.position(firstFrame + frame).doubleValue());
        }

        TimedWord word(WordSpan word) {
            double confidence = Math.max(0, Math.min(1, word.confidence()));
            return new TimedWord(word.word(), start(word), end(word), confidence);
        }
    }
}
