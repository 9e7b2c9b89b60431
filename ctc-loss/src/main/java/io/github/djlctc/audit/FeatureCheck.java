package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;

/** Finds features that are not finite, or all zero. */
final class FeatureCheck {

    private final AuditTally tally;

    FeatureCheck(AuditTally tally) {
        this.tally = tally;
    }

    void check(String sampleId, FeatureSummary features) {
        if (features.nonFinite() > 0) {
            tally.note(
                    Kind.NON_FINITE_FEATURES,
                    sampleId,
                    () -> features.nonFinite() + " of " + features.size() + " values");
        }
        if (features.isAllZero()) {
            tally.note(
                    Kind.ALL_ZERO_FEATURES,
                    sampleId,
                    () -> "all of " + features.size() + " values");
        }
    }
}
