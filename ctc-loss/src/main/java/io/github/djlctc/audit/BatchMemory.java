package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.Distribution;
import io.github.djlctc.loss.LossMemory;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntToLongFunction;

/** What a training step takes with a batch of samples as long as each, and which take far more. */
final class BatchMemory {

    /** How many times the median an outlier takes. */
    private static final float OUTLIER = 5;

    /** In MiB; less is no trouble on any machine. */
    private static final float SMALLEST_OUTLIER = 512;

    private static final double MEBIBYTE = 1 << 20;

    private final int named;
    private final int classes;
    private final BatchSize batchSize;

    /** From frames of the features to the bytes that the model takes for a sample. */
    private final IntToLongFunction model;

    private final FloatList sizes = new FloatList();
    private final PriorityQueue<Batch> largest =
            new PriorityQueue<>(Comparator.comparingDouble(Batch::mebibytes));

    /**
     * How many samples a batch has.
     *
     * @param samples the most samples
     * @param frames the most frames, padding included
     */
    record BatchSize(int samples, long frames) {

        long of(int frames) {
            return Math.max(1, Math.min(samples, this.frames / Math.max(1, frames)));
        }
    }

    /** A batch of samples as long as one. */
    private record Batch(String id, int frames, int labels, long samples, float mebibytes) {}

    BatchMemory(int named, int classes, BatchSize batchSize, IntToLongFunction model) {
        this.named = named;
        this.classes = classes;
        this.batchSize = batchSize;
        this.model = model;
    }

    /**
     * Adds a sample.
     *
     * @param frames the frames of its features
     * @param available those after subsampling
     */
    void add(String id, int frames, int available, int labels) {
        long samples = batchSize.of(frames);
        long loss = LossMemory.of(samples, available, classes, labels).bytes();
        double bytes = loss + (double) samples * model.applyAsLong(frames);
        float mebibytes = (float) (bytes / MEBIBYTE);
        sizes.add(mebibytes);
        largest.add(new Batch(id, frames, labels, samples, mebibytes));
        if (largest.size() > named) {
            largest.remove();
        }
    }

    Optional<Distribution> distribution() {
        return Distribution.ofSorted(sizes.sorted());
    }

    /** Returns the finding of batches that take far more than others; nothing if there are none. */
    Optional<AuditFinding> outliers() {
        float[] sorted = sizes.sorted();
        int count = 0;
        float median = sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
        float limit = Math.max(SMALLEST_OUTLIER, OUTLIER * median);
        while (count < sorted.length && sorted[sorted.length - 1 - count] > limit) {
            count++;
        }
        if (count == 0) {
            return Optional.empty();
        }
        AuditOccurrences outliers = new AuditOccurrences(named);
        List<Batch> worst =
                largest.stream()
                        .filter(batch -> batch.mebibytes() > limit)
                        .sorted(
                                Comparator.comparingDouble((Batch b) -> -b.mebibytes())
                                        .thenComparing(Batch::id))
                        .toList();
        worst.forEach(batch -> outliers.add(batch.id(), () -> describe(batch, median)));
        outliers.addUnnamed(count - worst.size());
        return Optional.of(outliers.finding(Kind.MEMORY_OUTLIER, Kind.MEMORY_OUTLIER.summary()));
    }

    private static String describe(Batch batch, float median) {
        return String.format(
                Locale.ROOT,
                "frames %d, labels %d: %s takes about %.0f MiB in training; the median is %.0f MiB",
                batch.frames(),
                batch.labels(),
                batch.samples() == 1
                        ? "by itself, it"
                        : "a batch of " + batch.samples() + " of this length",
                batch.mebibytes(),
                median);
    }
}
