package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedWord;

import java.util.List;
import java.util.Optional;

/** Makes sentences of hypotheses: frames become seconds of the stream. */
final class SentenceBuilder {

    private final double secondsPerFrame;

    /**
     * Creates a builder.
     *
     * @param secondsPerFrame the duration of a frame
     */
    SentenceBuilder(double secondsPerFrame) {
        this.secondsPerFrame = secondsPerFrame;
    }

    /**
     * Makes a sentence.
     *
     * @param hypothesis its words
     * @param start when its first frame starts
     * @param end when its sound ends
     * @return the sentence, from its first word to its last; nothing if there is no word
     */
    Optional<Segment> of(Hypothesis hypothesis, double start, double end) {
        if (hypothesis.words().isEmpty()) {
            return Optional.empty();
        }
        List<TimedWord> words =
                hypothesis.words().stream().map(word -> timed(word, start, end)).toList();
        return Optional.of(
                new Segment(
                        words.get(0).start(),
                        words.get(words.size() - 1).end(),
                        hypothesis.text(),
                        words,
                        hypothesis.score(),
                        List.of()));
    }

    /** The last frame may reach beyond the sound. */
    private TimedWord timed(WordSpan word, double start, double end) {
        double from = Math.min(end, start + word.startFrame() * secondsPerFrame);
        double to = Math.min(end, start + word.endFrame() * secondsPerFrame);
        return new TimedWord(word.word(), from, Math.max(from, to), word.confidence());
    }
}
