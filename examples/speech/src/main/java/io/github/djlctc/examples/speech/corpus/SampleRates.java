package io.github.djlctc.examples.speech.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many utterances have which sample rate. Where the rates of many are not known before their
 * headers are read, 2,000 of these, evenly spread, stand for all.
 */
public final class SampleRates {

    private static final int MAX_HEADERS = 2000;

    /** Utterances by their rate in Hz, the highest first. */
    private final Map<Integer, Long> counts;

    /** How many utterances were not looked at. */
    private final long others;

    private SampleRates(Map<Integer, Long> counts, long others) {
        this.counts = counts;
        this.others = others;
    }

    /**
     * Counts utterances.
     *
     * @param utterances the utterances
     * @return their rates
     */
    public static SampleRates of(List<Utterance> utterances) {
        Map<Integer, Long> counts = new TreeMap<>(Collections.reverseOrder());
        List<Utterance.Source> unknown = new ArrayList<>();
        for (Utterance utterance : utterances) {
            OptionalInt known = utterance.source().sampleRate();
            known.ifPresent(rate -> counts.merge(rate, 1L, Long::sum));
            if (known.isEmpty()) {
                unknown.add(utterance.source());
            }
        }
        int read = Math.min(MAX_HEADERS, unknown.size());
        for (int i = 0; i < read; i++) {
            unknown.get((int) ((long) i * unknown.size() / read))
                    .readSampleRate()
                    .ifPresent(rate -> counts.merge(rate, 1L, Long::sum));
        }
        return new SampleRates(counts, unknown.size() - read);
    }

    /**
     * Returns the rate that most utterances have.
     *
     * @return the rate in Hz, the highest among equals; nothing if no rate is known
     */
    public OptionalInt commonest() {
        int commonest = 0;
        for (int rate : counts.keySet()) {
            if (commonest == 0 || counts.get(rate) > counts.get(commonest)) {
                commonest = rate;
            }
        }
        return commonest == 0 ? OptionalInt.empty() : OptionalInt.of(commonest);
    }

    /**
     * Tells whether there are several rates.
     *
     * @return whether there are two or more
     */
    public boolean areMixed() {
        return counts.size() > 1;
    }

    /**
     * Counts the utterances that have to be converted.
     *
     * @param rate the rate in Hz that they are brought to
     * @return the number of those with another one, of those that were looked at
     */
    public long othersThan(int rate) {
        return counts.values().stream().mapToLong(Long::longValue).sum()
                - counts.getOrDefault(rate, 0L);
    }

    /**
     * Returns the rates in words, such as "117 of 16000 Hz, 3 of 8000 Hz", and how many utterances
     * were not looked at, if that is any.
     */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " of " + entry.getKey() + " Hz")
                .collect(
                        Collectors.joining(
                                ", ", "", others == 0 ? "" : ", " + others + " not looked at"));
    }
}
