package io.github.djlctc.audit;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/**
 * Looks through a data set before it is trained on, for what makes CTC training fail silently: too
 * few classes, wrong ids, the blank in targets, targets too long for their frames, characters that
 * the alphabet lacks, features that are not numbers, duplicates and wrong transcripts. {@link
 * AuditFinding.Kind} has the whole list.
 *
 * <p>Samples are added one after the other and not kept, so that the audit can follow a manifest, a
 * data set or a training pipeline of any size. It takes 50 to 110 bytes a sample, for fingerprints
 * (by which duplicates are found) and for the distributions.
 *
 * <pre>{@code
 * LabelAudit audit = LabelAudit.builder().setAlphabet(alphabet).optSubsampling(2).build();
 * audit.addAll(dataset, manager);
 * System.out.println(audit.report().toText());
 * }</pre>
 *
 * <p>Instances are not for use by several threads.
 */
public final class LabelAudit {

    private final Alphabet alphabet;
    private final ModelClasses classes;
    private final AuditTally tally;
    private final TranscriptCheck transcripts;
    private final ClassUsage classUsage;
    private final TargetIdCheck targetIds;
    private final LengthCheck lengths;
    private final BatchMemory memory;
    private final FeatureCheck features;
    private final DuplicateCheck duplicates;

    private LabelAudit(Builder builder) {
        alphabet = builder.alphabet;
        if (alphabet == null && builder.classes == null) {
            throw new IllegalArgumentException("neither setClasses nor setAlphabet was called");
        }
        int defaultBlank = alphabet == null ? 0 : alphabet.blank();
        classes =
                new ModelClasses(
                        builder.classes == null ? alphabet.size() : builder.classes,
                        builder.blank == null ? defaultBlank : builder.blank,
                        alphabet);
        tally = new AuditTally(builder.named);
        transcripts = new TranscriptCheck(alphabet, tally);
        classUsage = new ClassUsage(classes, builder.named);
        targetIds = new TargetIdCheck(classes, classUsage, tally);
        DurationOutliers durations = new DurationOutliers(builder.named, builder.outlierLimit);
        memory =
                new BatchMemory(
                        builder.named,
                        classes.count(),
                        new BatchMemory.BatchSize(builder.batchSize, builder.maxFrames),
                        builder.modelBytes);
        lengths = new LengthCheck(builder.subsampling, durations, memory, tally);
        features = new FeatureCheck(tally);
        duplicates = new DuplicateCheck(alphabet, tally);
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds all samples of a data set whose records are what the batchifiers of this package take:
     * {@code data [features (T,...)]} and {@code labels [ids (S)]}. Each is named by its index.
     *
     * <p>Records that the data set cannot make ({@link IOException}, {@link
     * IllegalArgumentException}), or that are of another form, are findings like all others.
     *
     * @param dataset the data set, prepared
     * @param manager the manager below which the records are made; each is closed before the next
     */
    public void addAll(RandomAccessDataset dataset, NDManager manager) {
        for (long index = 0; index < dataset.size(); index++) {
            String id = Long.toString(index);
            try (NDManager scratch = manager.newSubManager()) {
                add(AuditedRecord.sample(id, dataset.get(scratch, index)));
            } catch (IllegalArgumentException e) {
                addUnreadable(id, "unusable record", e.getMessage());
            } catch (IOException e) {
                addUnreadable(id, "unreadable record", String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Adds a sample.
     *
     * @param sample the sample
     * @throws IllegalArgumentException if it has a text and the audit no alphabet
     */
    public void add(AuditSample sample) {
        if (sample.text() != null && alphabet == null) {
            throw new IllegalArgumentException(
                    "sample \""
                            + sample.id()
                            + "\" has a text, but the audit no alphabet to encode"
                            + " it with; call setAlphabet, or set the target");
        }
        begin(sample.id());
        long[] target = transcripts.target(sample);
        if (target != null) {
            targetIds.check(sample.id(), target);
            lengths.check(sample, target);
        }
        sample.features().ifPresent(values -> checkFeatures(sample, values));
        tally.end();
    }

    private void checkFeatures(AuditSample sample, FeatureSummary values) {
        features.check(sample.id(), values);
        duplicates.checkContent(sample, values);
    }

    /**
     * Adds a sample that could not be read.
     *
     * @param sampleId its name
     * @param reason the class of problem, the same words for all samples that share it
     * @param detail what is wrong with this sample
     */
    public void addUnreadable(String sampleId, String reason, String detail) {
        begin(sampleId);
        tally.noteUnreadable(sampleId, reason, detail);
        tally.end();
    }

    /**
     * Notes that a set, of which all samples were added, has none that training can use: there is
     * nothing to train on, to choose the best epoch on or to test on, and the verdict is {@link
     * LabelAuditReport.Verdict#BROKEN}.
     *
     * @param name the set, such as {@code test}
     * @param samples the number of its samples, 0 or more
     */
    public void addUnusableSet(String name, int samples) {
        tally.noteUnusableSet(name, samples);
    }

    private void begin(String sampleId) {
        tally.begin();
        duplicates.checkId(sampleId);
    }

    /**
     * Reports on the samples so far. More may be added afterwards.
     *
     * @return the report
     */
    public LabelAuditReport report() {
        List<AuditFinding> findings = findings();
        return new LabelAuditReport(
                tally.verdict(findings),
                tally.samples(),
                tally.usable(),
                classes.count(),
                classes.blank(),
                findings,
                transcripts.unknownCharacters(),
                lengths.frameRatio(),
                lengths.framesPerLabel(),
                memory.distribution());
    }

    private List<AuditFinding> findings() {
        List<AuditFinding> findings = tally.findings(this::summary);
        lengths.outliers().ifPresent(findings::add);
        memory.outliers().ifPresent(findings::add);
        classUsage.unused().ifPresent(findings::add);
        findings.sort(Comparator.comparing(AuditFinding::kind));
        return findings;
    }

    private String summary(Kind kind) {
        return switch (kind) {
            case CLASS_COUNT -> targetIds.classCountSummary();
            case INVISIBLE_CHARACTER -> transcripts.invisibleSummary();
            default -> kind.summary();
        };
    }

    /** Builds a {@link LabelAudit}. */
    public static final class Builder {

        private static final double OUTLIER_LIMIT = 3.5;

        private Integer classes;
        private Integer blank;
        private Alphabet alphabet;
        private IntUnaryOperator subsampling = IntUnaryOperator.identity();
        private int named = 10;
        private double outlierLimit = OUTLIER_LIMIT;
        private int batchSize = 1;
        private long maxFrames = Long.MAX_VALUE;
        private IntToLongFunction modelBytes = frames -> 0;

        private Builder() {}

        /**
         * Sets the number of classes of the model: the size of the last dimension of its logits.
         * Required unless there is an alphabet, whose size it is by default.
         *
         * @param classes the number of classes, labels and blank, 2 or more
         * @return this builder
         */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Sets the alphabet that encodes the texts of samples and names the classes. Required
         * unless there is a number of classes.
         *
         * @param alphabet the alphabet
         * @return this builder
         */
        public Builder setAlphabet(Alphabet alphabet) {
            this.alphabet = Objects.requireNonNull(alphabet, "alphabet");
            return this;
        }

        /**
         * Sets the class of the blank.
         *
         * @param blank the class, that of the alphabet or 0 by default
         * @return this builder
         */
        public Builder optBlank(int blank) {
            this.blank = blank;
            return this;
        }

        /**
         * Sets how many frames of features make one of the logits; the last group may be short.
         *
         * @param factor the frames of features, 1 by default
         * @return this builder
         * @throws IllegalArgumentException if the factor is less than 1
         */
        public Builder optSubsampling(int factor) {
            if (factor < 1) {
                throw new IllegalArgumentException("the subsampling is less than 1: " + factor);
            }
            return optSubsampling(frames -> (int) ((frames + factor - 1L) / factor));
        }

        /**
         * Sets how many frames the model makes of a number of frames, for models that do not round
         * up.
         *
         * @param subsampling from frames of the features, 0 or more, to frames of the logits
         * @return this builder
         */
        public Builder optSubsampling(IntUnaryOperator subsampling) {
            this.subsampling = Objects.requireNonNull(subsampling, "subsampling");
            return this;
        }

        /**
         * Sets how many samples each finding names.
         *
         * @param named the number, 10 by default, 1 or more
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder optExamplesPerFinding(int named) {
            if (named < 1) {
                throw new IllegalArgumentException("less than 1 named sample: " + named);
            }
            this.named = named;
            return this;
        }

        /**
         * Sets from where on the frames per label of a sample are an outlier.
         *
         * <p>The limit is one of the modified z-score of Iglewicz and Hoaglin (1993), "How to
         * Detect and Handle Outliers", of logarithms: |ln x - m| / (1.4826 MAD), with the median m
         * of ln x over the samples and the median MAD of |ln x - m|, which is taken to be that of
         * differences of 10 % at least. With fewer than 20 samples there are no outliers.
         *
         * @param limit the limit in (robust) standard deviations, above 0; 3.5 by default, as they
         *     recommend
         * @return this builder
         * @throws IllegalArgumentException if the limit is not above 0
         */
        public Builder optOutlierLimit(double limit) {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("the limit must be above 0: " + limit);
            }
            outlierLimit = limit;
            return this;
        }

        /**
         * Sets how many samples a batch is to have, for the memory that it takes.
         *
         * @param samples the most samples of a batch, 1 by default
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder optBatchSize(int samples) {
            if (samples < 1) {
                throw new IllegalArgumentException("the batch size is less than 1: " + samples);
            }
            batchSize = samples;
            return this;
        }

        /**
         * Sets how many frames a batch is to have, as for a {@code LengthBucketSampler}.
         *
         * @param frames the most frames of a batch before subsampling, padding included; not
         *     limited by default
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder optMaxFrames(long frames) {
            if (frames < 1) {
                throw new IllegalArgumentException(
                        "the frames of a batch are less than 1: " + frames);
            }
            maxFrames = frames;
            return this;
        }

        /**
         * Sets what the model takes of memory, besides what is reckoned without it: the logits,
         * their gradient and the loss ({@link io.github.djlctc.loss.LossMemory}).
         *
         * @param bytes from the frames of the features of a sample to the bytes that its features
         *     and its share of the layers' results take in a training step; 0 by default
         * @return this builder
         */
        public Builder optModelBytes(IntToLongFunction bytes) {
            modelBytes = Objects.requireNonNull(bytes, "bytes");
            return this;
        }

        /**
         * Builds the audit.
         *
         * @return an audit without samples
         * @throws IllegalArgumentException if there is neither an alphabet nor a number of classes,
         *     there are fewer than 2 classes, or the blank is not one of them
         */
        public LabelAudit build() {
            return new LabelAudit(this);
        }
    }
}
