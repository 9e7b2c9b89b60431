package io.github.djlctc.benchmarks.streaming;

import io.github.djlctc.examples.speech.corpus.synthetic.TimedSpeech;
import io.github.djlctc.metric.ErrorRates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The errors of texts, and how long after their ends words were shown. */
final class Delays {

    private final String name;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> lastSeconds = new ArrayList<>();
    private long errors;
    private long words;
    private long right;
    private long sentences;

    Delays(String name) {
        this.name = name;
    }

    /** Adds a sentence; only those without errors say which word was shown when. */
    void add(TimedSpeech speech, WordTimer shown) {
        errors += ErrorRates.words(speech.text(), shown.text()).errors();
        words += speech.wordEnds().size();
        sentences++;
        if (!speech.text().equals(shown.text())) {
            return;
        }
        right++;
        int last = speech.wordEnds().size() - 1;
        for (int i = 0; i <= last; i++) {
            double delay = shown.times().get(i) - speech.wordEnds().get(i);
            (i == last ? lastSeconds : seconds).add(delay);
        }
    }

    @Override
    public String toString() {
        return ("%-12s %5.2f %% WER; delay of %d words of %d sentences without errors (of %d):"
                        + " median %.0f ms, 95th percentile %.0f ms; of their last words:"
                        + " median %.0f ms, 95th percentile %.0f ms")
                .formatted(
                        name,
                        100.0 * errors / words,
                        seconds.size(),
                        right,
                        sentences,
                        1000 * quantile(seconds, 0.5),
                        1000 * quantile(seconds, 0.95),
                        1000 * quantile(lastSeconds, 0.5),
                        1000 * quantile(lastSeconds, 0.95));
    }

    private static double quantile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
