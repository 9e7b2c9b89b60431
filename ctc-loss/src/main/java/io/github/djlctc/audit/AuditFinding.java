package io.github.djlctc.audit;

import java.util.List;

/**
 * One thing that a {@link LabelAudit} found in a data set.
 *
 * @param kind what it is
 * @param summary the finding in a few words, with the figures that all its samples share
 * @param count the number of samples concerned; of classes for {@link Kind#UNUSED_CLASS}
 * @param sampleIds the first of the samples, or the worst for {@link Kind#DURATION_OUTLIER} and
 *     {@link Kind#MEMORY_OUTLIER}, as many as {@link LabelAudit.Builder#optExamplesPerFinding(int)}
 *     says
 * @param example the first of these in detail, with its values; empty if none is concerned
 * @param remedy what to do, in a sentence
 */
public record AuditFinding(
        Kind kind,
        String summary,
        long count,
        List<String> sampleIds,
        String example,
        String remedy) {

    /**
     * Copies the list.
     *
     * @param kind what it is
     * @param summary the finding in a few words
     * @param count the number of samples concerned
     * @param sampleIds the first of the samples
     * @param example the first of these in detail
     * @param remedy what to do
     */
    public AuditFinding {
        sampleIds = List.copyOf(sampleIds);
    }

    /** Returns a finding that names no samples. */
    static AuditFinding ofAll(Kind kind, String summary, long count) {
        return new AuditFinding(kind, summary, count, List.of(), "", kind.remedy());
    }

    /** The severity of a finding, the worst first. */
    public enum Severity {
        /** The labels do not fit the model: training stops, or computes a wrong loss. */
        ERROR,
        /** The samples cannot be learnt from, and must be left out. */
        SKIP,
        /** Training works, but the samples are likely to be wrong. */
        WARNING,
        /** Information that needs no action. */
        INFO
    }

    /** What can be found, the worst first. */
    public enum Kind {
        /** No sample can be trained on, or none of a set that training needs. */
        NOTHING_USABLE(
                Severity.ERROR,
                "no sample can be trained on",
                "remove the causes that the other findings name"),
        /** A target id is the number of classes or above: the model needs labels + 1 classes. */
        CLASS_COUNT(
                Severity.ERROR,
                "the model has too few classes for the ids of the targets",
                "give the model one class per label plus the blank, or correct the ids"),
        /** A target id is negative, or the number of classes or above. */
        ID_OUT_OF_RANGE(
                Severity.ERROR,
                "target ids that are no class of the model",
                "make targets with the alphabet of the model, and leave padding to the batchifier"),
        /** A target holds the blank. */
        BLANK_IN_TARGET(
                Severity.ERROR,
                "the blank inside of targets",
                "let targets hold labels only: do not pad with the blank, and shift label ids by"
                        + " one if they start at the blank's"),
        /** The sample could not be read. */
        UNREADABLE(
                Severity.SKIP, "cannot be read", "repair the samples, or take them off the list"),
        /** The transcript has characters that the alphabet lacks. */
        UNKNOWN_CHARACTER(
                Severity.SKIP,
                "characters outside of the alphabet",
                "add them to the alphabet, map them to what it has, or leave the samples out"),
        /** The frames after subsampling cannot hold the target; its loss is infinite. */
        TOO_FEW_FRAMES(
                Severity.SKIP,
                "too few frames for the target",
                "subsample less, split labels less finely, or leave the samples out; if there are"
                        + " many, check that lengths count frames and transcripts match"),
        /** The features hold NaN or infinite values; the loss is NaN. */
        NON_FINITE_FEATURES(
                Severity.SKIP,
                "features that are NaN or infinite",
                "look for a logarithm or a division of zero where features are made, or leave the"
                        + " samples out"),
        /**
         * The transcript has characters that cannot be seen, such as NUL, the byte order mark
         * U+FEFF and the zero width space U+200B, and the alphabet has a class for them.
         */
        INVISIBLE_CHARACTER(
                Severity.WARNING,
                "characters that cannot be seen",
                "remove them from the transcripts and from the alphabet: the model would have to"
                        + " learn a class that nothing can be heard or seen of"),
        /** The target has no label. */
        EMPTY_TARGET(
                Severity.WARNING,
                "targets without a label",
                "complete the transcripts; keep only samples in which there is nothing to"
                        + " recognise, since they teach the model to output blanks"),
        /** All features are zero. */
        ALL_ZERO_FEATURES(
                Severity.WARNING,
                "features that are all zero",
                "replace the silent recordings or failed features, or leave the samples out"),
        /** An earlier sample has the same id. */
        DUPLICATE_ID(
                Severity.WARNING,
                "ids that were there before",
                "list each sample once; a list that was joined twice counts its samples twice"),
        /** An earlier sample has the same features and target, whatever its id. */
        DUPLICATE_CONTENT(
                Severity.WARNING,
                "features and target that were there before",
                "keep one of them; the same sample for training and for test makes the test worth"
                        + " nothing"),
        /** The frames per label are far from those of the other samples. */
        DURATION_OUTLIER(
                Severity.WARNING,
                "unusually many or few frames per label",
                "compare the worst with their transcripts: those that are cut, of another sample or without"
                        + " some of the words teach errors"),
        /** A training step with samples of its length takes far more memory than with others. */
        MEMORY_OUTLIER(
                Severity.WARNING,
                "far more memory in training than the others take",
                "leave them out or cut them into parts; or bound the frames of a batch"
                        + " (LengthBucketSampler.optMaxFrames, --max-batch-frames), if by"
                        + " themselves they fit"),
        /** The target has one label. */
        ONE_LABEL_TARGET(
                Severity.INFO,
                "targets of one label",
                "nothing, if that is so; whole words or lines should have more"),
        /** The target fits, with fewer than two frames after subsampling per label. */
        TIGHT_FRAMES(
                Severity.INFO,
                "fewer than two frames after subsampling per label",
                "nothing, if they are few; they fit, but leave little room for blanks, so less"
                        + " subsampling may learn faster"),
        /** A class, not the blank, that no target holds. */
        UNUSED_CLASS(
                Severity.INFO,
                "classes that no target holds",
                "nothing, if they are meant for other data; the model will never output them");

        private final Severity severity;
        private final String summary;
        private final String remedy;

        Kind(Severity severity, String summary, String remedy) {
            this.severity = severity;
            this.summary = summary;
            this.remedy = remedy;
        }

        /**
         * Returns the severity.
         *
         * @return the severity, the same for all findings of the kind
         */
        public Severity severity() {
            return severity;
        }

        /** Tells whether a sample with such a finding cannot be trained on. */
        boolean isDisqualifying() {
            return severity.compareTo(Severity.SKIP) <= 0;
        }

        String summary() {
            return summary;
        }

        String remedy() {
            return remedy;
        }
    }
}
