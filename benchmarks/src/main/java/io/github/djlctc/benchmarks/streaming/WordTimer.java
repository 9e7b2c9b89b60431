package io.github.djlctc.benchmarks.streaming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Notes since when each word of a growing text has been as it is at the end. */
final class WordTimer {

    private List<String> words = List.of();
    private List<Double> times = new ArrayList<>();

    /**
     * Takes the text that is shown from a time on.
     *
     * @param text the words so far
     * @param seconds the time
     */
    void show(String text, double seconds) {
        List<String> shown =
                text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+", -1));
        List<Double> since = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < shown.size(); i++) {
            // After another word it is at another place, and so another one too.
            same = same && i < words.size() && words.get(i).equals(shown.get(i));
            since.add(same ? times.get(i) : Double.valueOf(seconds));
        }
        words = shown;
        times = since;
    }

    String text() {
        return String.join(" ", words);
    }

    /** Returns the time of each word, in seconds. */
    List<Double> times() {
        return times;
    }
}
