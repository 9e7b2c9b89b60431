package io.github.djlctc.audit;

import io.github.djlctc.audit.LabelAuditReport.CharacterCount;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts characters, and remembers where each was first. */
final class CharacterCounts {

    /** A limit of memory, since damaged texts hold thousands of different characters. */
    private static final int MAX_CHARACTERS = 1_000;

    private final Map<Integer, CharacterCount> counts = new LinkedHashMap<>();

    void add(int codePoint, String sampleId) {
        CharacterCount before = counts.get(codePoint);
        if (before != null) {
            counts.put(
                    codePoint,
                    new CharacterCount(codePoint, before.count() + 1, before.sampleId()));
        } else if (counts.size() < MAX_CHARACTERS) {
            counts.put(codePoint, new CharacterCount(codePoint, 1, sampleId));
        }
    }

    List<CharacterCount> mostFrequentFirst() {
        return counts.values().stream()
                .sorted(Comparator.comparingLong(CharacterCount::count).reversed())
                .toList();
    }
}
