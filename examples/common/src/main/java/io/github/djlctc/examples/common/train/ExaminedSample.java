package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;

import java.util.Optional;

/**
 * A sample after it was read: usable, or the problem with it.
 *
 * @param id the sample
 * @param sample what the audit looks at, if it could be read
 * @param usable the sample, if it can be used
 * @param problem why not, if it cannot
 */
record ExaminedSample(
        String id,
        Optional<AuditSample> sample,
        Optional<PreparedSample> usable,
        Optional<Problem> problem) {

    /** The class of problem, and what it is in this sample. */
    record Problem(String reason, String detail) {}

    static ExaminedSample usable(AuditSample sample, PreparedSample usable) {
        return new ExaminedSample(
                usable.id(), Optional.of(sample), Optional.of(usable), Optional.empty());
    }

    static ExaminedSample unusable(String id, AuditSample sample, String reason, String detail) {
        return new ExaminedSample(
                id,
                Optional.of(sample),
                Optional.empty(),
                Optional.of(new Problem(reason, detail)));
    }

    static ExaminedSample unreadable(String id, String reason, String detail) {
        return new ExaminedSample(
                id, Optional.empty(), Optional.empty(), Optional.of(new Problem(reason, detail)));
    }

    /** Tells whether it can be used, with an empty transcript. */
    boolean isWithoutLabels() {
        return usable.filter(prepared -> prepared.target().length == 0).isPresent();
    }

    void addTo(LabelAudit audit) {
        if (sample.isPresent()) {
            audit.add(sample.get());
        } else {
            problem.ifPresent(p -> audit.addUnreadable(id, p.reason(), p.detail()));
        }
    }
}
