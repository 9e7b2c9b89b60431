package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.examples.common.OrderedTasks;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.text.UnknownCharacterException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads every sample of a split once, before any training, and keeps those that can be used.
 *
 * <p>Samples that cannot be read, transcripts with characters outside the alphabet and samples too
 * short for their transcripts are recorded with their reasons. All of them are audited. Empty
 * transcripts are usable, unless a split has no others.
 */
final class Preparation<S extends CorpusSample> {

    /**
     * The arrays as large as the logits of a sample that a second view and the consistency take:
     * three of the loss of the view, and one of each view for the consistency.
     */
    private static final int VIEW_ARRAYS = 5;

    private final RecognitionModel model;
    private final SampleReader<S> reader;
    private final String unit;
    private final SkippedSamples skipped;
    private final LabelAudit audit;
    private final int threads;

    /** Reads samples that are not trained on. */
    Preparation(
            RecognitionModel model, SampleReader<S> reader, String unit, SkippedSamples skipped) {
        this(model, reader, unit, BatchBounds.ofSamples(1), 1, skipped);
    }

    /**
     * Reads samples.
     *
     * @param bounds what a batch of training may hold, for the audit
     * @param views in how many views it holds each sample
     */
    Preparation(
            RecognitionModel model,
            SampleReader<S> reader,
            String unit,
            BatchBounds bounds,
            int views,
            SkippedSamples skipped) {
        this.model = model;
        this.reader = reader;
        this.unit = unit;
        this.skipped = skipped;
        audit =
                LabelAudit.builder()
                        .setAlphabet(model.alphabet())
                        .optSubsampling(model::logitFrames)
                        .optBatchSize(bounds.samples())
                        .optMaxFrames(bounds.frames().orElse(Long.MAX_VALUE))
                        .optModelBytes(frames -> stepBytes(model, views, frames))
                        .build();
        threads = Runtime.getRuntime().availableProcessors();
        skipped.list().forEach(s -> audit.addUnreadable(s.id(), s.reason(), s.detail()));
    }

    /** Returns what a sample takes in a step besides the loss of one view. */
    private static long stepBytes(RecognitionModel model, int views, int frames) {
        long bytes = views * model.trainingBytes(frames);
        if (views > 1) {
            long logits = (long) model.logitFrames(frames) * model.alphabet().size();
            bytes += Float.BYTES * VIEW_ARRAYS * logits;
        }
        return bytes;
    }

    /** Returns the audit of all samples so far, and of those that were skipped before. */
    LabelAuditReport audit() {
        return audit.report();
    }

    /** Returns the usable samples of a split, at least one. */
    List<PreparedSample> prepareUsable(String split, List<S> samples)
            throws IOException, InterruptedException {
        if (samples.isEmpty()) {
            throw new IOException("there are no " + split + " " + unit);
        }
        int before = skipped.list().size();
        List<PreparedSample> usable = prepare(split, samples);
        if (usable.isEmpty()) {
            String reasons = String.join("; ", skipped.summaryFrom(before, 1));
            throw new IOException(
                    "none of the "
                            + samples.size()
                            + " "
                            + split
                            + " "
                            + unit
                            + " can be used: "
                            + reasons);
        }
        return usable;
    }

    /** Audits a split, in which there must be something to use. */
    void auditSet(String split, List<S> samples) throws IOException, InterruptedException {
        if (prepare(split, samples).isEmpty()) {
            audit.addUnusableSet(split, samples.size());
        }
    }

    /** Returns the usable samples of a split. */
    List<PreparedSample> prepare(String split, List<S> samples)
            throws IOException, InterruptedException {
        try (ConsoleProgress progress =
                ConsoleProgress.start("reading " + split, samples.size(), unit)) {
            UsableSamples taken = new UsableSamples();
            OrderedTasks.run(
                    samples.size(),
                    threads,
                    number -> examine(samples.get(number)),
                    (number, examined) -> {
                        taken.add(examined);
                        progress.step();
                    });
            return taken.usable();
        }
    }

    /**
     * Takes the samples in the order of the corpus, so that skipped ones are recorded in it too.
     */
    private final class UsableSamples {

        private final List<PreparedSample> usable = new ArrayList<>();

        /** Those before the first sample with a label, which decides whether they are usable. */
        private final List<ExaminedSample> withoutLabels = new ArrayList<>();

        void add(ExaminedSample examined) {
            if (usable.isEmpty() && examined.isWithoutLabels()) {
                withoutLabels.add(examined);
                return;
            }
            if (examined.usable().isPresent()) {
                withoutLabels.forEach(earlier -> take(earlier, usable));
                withoutLabels.clear();
            }
            take(examined, usable);
        }

        List<PreparedSample> usable() {
            withoutLabels.forEach(sample -> take(nothingElse(sample), usable));
            return usable;
        }
    }

    private static ExaminedSample nothingElse(ExaminedSample withoutLabels) {
        return ExaminedSample.unreadable(
                withoutLabels.id(),
                "empty transcript",
                "no usable sample of the set has another: nothing to learn or to compare with");
    }

    private void take(ExaminedSample examined, List<PreparedSample> usable) {
        examined.addTo(audit);
        examined.problem().ifPresent(p -> skipped.add(examined.id(), p.reason(), p.detail()));
        examined.usable().ifPresent(usable::add);
    }

    private ExaminedSample examine(S sample) {
        try {
            return examine(sample, reader.read(sample));
        } catch (UnreadableSampleException e) {
            return ExaminedSample.unreadable(sample.id(), e.reason(), e.getMessage());
        } catch (OutOfMemoryError e) {
            throw BatchMemoryException.reading(sample.id(), e);
        }
    }

    private ExaminedSample examine(S sample, ReadSample read) {
        AuditSample audited =
                AuditSample.builder()
                        .setId(sample.id())
                        .setText(sample.text())
                        .optFrames(read.frames())
                        .optFeatures(read.values())
                        .build();
        String text = model.alphabet().normalize(sample.text());
        try {
            long[] target = target(text);
            checkLength(text, target, read.frames());
            return ExaminedSample.usable(
                    audited,
                    new PreparedSample(
                            sample.id(),
                            text,
                            target,
                            read.frames(),
                            PreparedSample.leastFrames(model, target, read.frames()),
                            read.features()));
        } catch (UnusableTranscriptException e) {
            return ExaminedSample.unusable(sample.id(), audited, e.reason, e.getMessage());
        }
    }

    private void checkLength(String text, long[] target, int frames)
            throws UnusableTranscriptException {
        int available = model.logitFrames(frames);
        int required = CTCBatch.requiredFrames(target);
        if (available < required) {
            throw new UnusableTranscriptException(
                    "too short for its transcript",
                    available
                            + " frames after subsampling, but \""
                            + text
                            + "\" needs "
                            + required);
        }
    }

    private long[] target(String text) throws UnusableTranscriptException {
        try {
            return Arrays.stream(model.alphabet().encode(text)).asLongStream().toArray();
        } catch (UnknownCharacterException e) {
            throw new UnusableTranscriptException(
                    "characters outside the alphabet", e.getMessage());
        }
    }

    /** A sample cannot be used with its transcript; the message is the detail. */
    private static final class UnusableTranscriptException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        UnusableTranscriptException(String reason, String detail) {
            super(detail);
            this.reason = reason;
        }
    }
}
