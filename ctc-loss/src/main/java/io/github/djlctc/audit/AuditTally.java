package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.Verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Counts the samples of an audit, those that can be trained on, and what was found in each. */
final class AuditTally {

    private static final int MAX_REASONS = 50;
    private static final String OTHER_REASONS = "other reasons";

    private final int named;
    private final Map<Kind, AuditOccurrences> occurrences = new EnumMap<>(Kind.class);
    private final Map<String, AuditOccurrences> unreadable = new LinkedHashMap<>();
    private final List<AuditFinding> unusableSets = new ArrayList<>();
    private int samples;
    private int usable;
    private boolean disqualified;

    AuditTally(int named) {
        this.named = named;
    }

    /** Begins the next sample, which the notes that follow are about. */
    void begin() {
        samples++;
        disqualified = false;
    }

    void end() {
        if (!disqualified) {
            usable++;
        }
    }

    void note(Kind kind, String sampleId, Supplier<String> detail) {
        occurrences.computeIfAbsent(kind, any -> new AuditOccurrences(named)).add(sampleId, detail);
        disqualified |= kind.isDisqualifying();
    }

    void noteUnreadable(String sampleId, String reason, String detail) {
        boolean isNew = !unreadable.containsKey(reason);
        String key = isNew && unreadable.size() >= MAX_REASONS ? OTHER_REASONS : reason;
        unreadable
                .computeIfAbsent(key, any -> new AuditOccurrences(named))
                .add(sampleId, () -> detail);
        disqualified = true;
    }

    void noteUnusableSet(String name, int size) {
        String summary = "no sample of the " + name + " set can be used";
        unusableSets.add(AuditFinding.ofAll(Kind.NOTHING_USABLE, summary, size));
    }

    /** Returns the number of samples, which is that of the last one, counted from 1. */
    int samples() {
        return samples;
    }

    int usable() {
        return usable;
    }

    /** Returns what was found, with the summaries of the kinds, in any order. */
    List<AuditFinding> findings(Function<Kind, String> summary) {
        List<AuditFinding> findings = new ArrayList<>();
        if (usable == 0) {
            findings.add(
                    AuditFinding.ofAll(
                            Kind.NOTHING_USABLE, Kind.NOTHING_USABLE.summary(), samples));
        } else {
            findings.addAll(unusableSets);
        }
        unreadable.forEach(
                (reason, found) ->
                        findings.add(
                                found.finding(
                                        Kind.UNREADABLE,
                                        Kind.UNREADABLE.summary() + ": " + reason)));
        occurrences.forEach(
                (kind, found) -> findings.add(found.finding(kind, summary.apply(kind))));
        return findings;
    }

    /** Tells from all findings whether the samples can be trained on. */
    Verdict verdict(List<AuditFinding> findings) {
        boolean hasErrors =
                findings.stream().anyMatch(f -> f.kind().severity() == AuditFinding.Severity.ERROR);
        Verdict healthy = usable == samples ? Verdict.READY : Verdict.USABLE_WITH_SKIPS;
        return hasErrors ? Verdict.BROKEN : healthy;
    }
}
