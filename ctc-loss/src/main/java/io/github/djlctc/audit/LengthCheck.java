package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.Distribution;
import io.github.djlctc.batch.CTCBatch;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/** Compares the lengths of targets with the frames that they have. */
final class LengthCheck {

    private final IntUnaryOperator subsampling;
    private final DurationOutliers durations;
    private final BatchMemory memory;
    private final AuditTally tally;
    private final FloatList frameRatios = new FloatList();

    /**
     * Begins without samples.
     *
     * @param subsampling from frames of the features to frames of the logits
     */
    LengthCheck(
            IntUnaryOperator subsampling,
            DurationOutliers durations,
            BatchMemory memory,
            AuditTally tally) {
        this.subsampling = subsampling;
        this.durations = durations;
        this.memory = memory;
        this.tally = tally;
    }

    void check(AuditSample sample, long[] target) {
        if (target.length == 0) {
            tally.note(Kind.EMPTY_TARGET, sample.id(), () -> "nothing to recognise");
        } else if (target.length == 1) {
            tally.note(Kind.ONE_LABEL_TARGET, sample.id(), () -> "id " + target[0]);
        }
        OptionalInt frames = sample.frames();
        frames.ifPresent(
                count ->
                        memory.add(
                                sample.id(), count, subsampling.applyAsInt(count), target.length));
        if (frames.isPresent() && target.length > 0) {
            checkFrames(sample.id(), target, frames.getAsInt());
        }
    }

    private void checkFrames(String sampleId, long[] target, int frames) {
        int available = subsampling.applyAsInt(frames);
        int required = CTCBatch.requiredFrames(target);
        frameRatios.add((float) available / required);
        if (frames > 0) {
            durations.add(sampleId, frames, target.length);
        }
        if (available < required) {
            tally.note(Kind.TOO_FEW_FRAMES, sampleId, () -> describe(available, frames, target));
        } else if (available < 2L * target.length) {
            tally.note(Kind.TIGHT_FRAMES, sampleId, () -> describe(available, frames, target));
        }
    }

    private static String describe(int available, int frames, long[] target) {
        int required = CTCBatch.requiredFrames(target);
        return "frames after subsampling "
                + available
                + " (before "
                + frames
                + "), needed "
                + required
                + ": labels "
                + target.length
                + ", repeats "
                + (required - target.length);
    }

    /** Returns the finding of unusual durations; nothing if there are none. */
    Optional<AuditFinding> outliers() {
        AuditOccurrences outliers = durations.outliers();
        if (outliers.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                outliers.finding(Kind.DURATION_OUTLIER, Kind.DURATION_OUTLIER.summary()));
    }

    Optional<Distribution> frameRatio() {
        return Distribution.ofSorted(frameRatios.sorted());
    }

    Optional<Distribution> framesPerLabel() {
        return Distribution.ofSorted(durations.sortedRates());
    }
}
