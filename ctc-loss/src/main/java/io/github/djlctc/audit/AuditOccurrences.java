package io.github.djlctc.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The samples in which one thing was found: all are counted, the first are named. */
final class AuditOccurrences {

    private final int named;
    private final List<String> sampleIds = new ArrayList<>();
    private String example = "";
    private long count;

    AuditOccurrences(int named) {
        this.named = named;
    }

    void add(String sampleId, Supplier<String> detail) {
        count++;
        if (sampleIds.isEmpty()) {
            example = "\"" + sampleId + "\": " + detail.get();
        }
        if (sampleIds.size() < named) {
            sampleIds.add(sampleId);
        }
    }

    void addUnnamed(long samples) {
        count += samples;
    }

    long count() {
        return count;
    }

    AuditFinding finding(AuditFinding.Kind kind, String summary) {
        return new AuditFinding(kind, summary, count, sampleIds, example, kind.remedy());
    }
}
