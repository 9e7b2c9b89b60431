package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;

/** Finds target ids that are no label of the model. */
final class TargetIdCheck {

    private final ModelClasses classes;
    private final ClassUsage usage;
    private final AuditTally tally;
    private long largestId = -1;

    TargetIdCheck(ModelClasses classes, ClassUsage usage, AuditTally tally) {
        this.classes = classes;
        this.usage = usage;
        this.tally = tally;
    }

    void check(String sampleId, long[] target) {
        int tooLarge = -1;
        int outside = -1;
        int blanks = -1;
        for (int s = target.length - 1; s >= 0; s--) {
            largestId = Math.max(largestId, target[s]);
            if (classes.contains(target[s])) {
                usage.add((int) target[s]);
                blanks = target[s] == classes.blank() ? s : blanks;
            } else {
                outside = s;
                tooLarge = target[s] < 0 ? tooLarge : s;
            }
        }
        note(Kind.CLASS_COUNT, sampleId, target, tooLarge);
        note(Kind.ID_OUT_OF_RANGE, sampleId, target, outside);
        note(Kind.BLANK_IN_TARGET, sampleId, target, blanks);
    }

    private void note(Kind kind, String sampleId, long[] target, int position) {
        if (position >= 0) {
            tally.note(
                    kind,
                    sampleId,
                    () ->
                            "id "
                                    + target[position]
                                    + " at position "
                                    + position
                                    + "; the classes are 0.."
                                    + (classes.count() - 1)
                                    + ", the blank is "
                                    + classes.blank());
        }
    }

    /** Returns the summary of {@link Kind#CLASS_COUNT}, for the targets so far. */
    String classCountSummary() {
        return "the largest id of the targets is "
                + largestId
                + ", so the model needs "
                + Long.toUnsignedString(largestId + 1)
                + " classes, but has "
                + classes.count();
    }
}
