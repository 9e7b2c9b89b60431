package io.github.djlctc.audit;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link LabelAudit} found out about a data set: immutable, for people as {@link #toText()},
 * for programs as {@link #toJson()}.
 *
 * @param verdict whether the data set can be trained on
 * @param samples the number of samples
 * @param usable how many of them can be trained on
 * @param classes the number of classes of the model, the blank included
 * @param blank the class of the blank
 * @param findings what was found, the worst first
 * @param unknownCharacters the characters outside of the alphabet, the most frequent first; of more
 *     than 1,000 different ones, those that were met first
 * @param frameRatio how many times the frames that the target needs a sample has after subsampling:
 *     T / (S + adjacent equal labels); below 1 the loss is infinite. Nothing if no frames are known
 * @param framesPerLabel the frames before subsampling divided by the labels, of the samples that
 *     have both; nothing if none has
 * @param batchMebibytes for each sample, the MiB that a training step takes with a batch of samples
 *     as long as it: for logits and loss, and for the model where that is known. Nothing if no
 *     frames are known
 */
public record LabelAuditReport(
        Verdict verdict,
        long samples,
        long usable,
        int classes,
        int blank,
        List<AuditFinding> findings,
        List<CharacterCount> unknownCharacters,
        Optional<Distribution> frameRatio,
        Optional<Distribution> framesPerLabel,
        Optional<Distribution> batchMebibytes) {

    /**
     * Copies the lists.
     *
     * @param verdict whether the data set can be trained on
     * @param samples the number of samples
     * @param usable how many of them can be trained on
     * @param classes the number of classes
     * @param blank the class of the blank
     * @param findings what was found
     * @param unknownCharacters the characters outside of the alphabet
     * @param frameRatio the available frames by the required
     * @param framesPerLabel the frames per label
     * @param batchMebibytes the memory of batches
     */
    public LabelAuditReport {
        findings = List.copyOf(findings);
        unknownCharacters = List.copyOf(unknownCharacters);
    }

    /** Whether a data set can be trained on. */
    public enum Verdict {
        /** All samples can be trained on; warnings may still be worth a look. */
        READY,
        /** Some samples must be left out. */
        USABLE_WITH_SKIPS,
        /** The labels do not fit the model, or no sample, or none of a needed set, is usable. */
        BROKEN
    }

    /**
     * A character outside of the alphabet.
     *
     * @param codePoint the Unicode code point
     * @param count how often it occurs
     * @param sampleId the first sample that has it
     */
    public record CharacterCount(int codePoint, long count, String sampleId) {}

    /**
     * The distribution of the values of a quantity.
     *
     * @param count the number of values, at least 1
     * @param minimum the least
     * @param percentile5 5 % of the values are at most this
     * @param median half of the values are at most this
     * @param percentile95 95 % of the values are at most this
     * @param maximum the largest
     */
    public record Distribution(
            int count,
            double minimum,
            double percentile5,
            double median,
            double percentile95,
            double maximum) {

        static Optional<Distribution> ofSorted(float[] values) {
            if (values.length == 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Distribution(
                            values.length,
                            values[0],
                            quantile(values, 0.05),
                            quantile(values, 0.5),
                            quantile(values, 0.95),
                            values[values.length - 1]));
        }

        /** Returns the least value that at least the share of the values does not exceed. */
        private static double quantile(float[] sorted, double share) {
            return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    /**
     * Returns the findings of a kind.
     *
     * @param kind the kind
     * @return the findings, none or one; of {@link AuditFinding.Kind#UNREADABLE} one per reason, of
     *     {@link AuditFinding.Kind#NOTHING_USABLE} one per set
     */
    public List<AuditFinding> findings(AuditFinding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).toList();
    }

    /**
     * Writes the report for people: the verdict, a table of the findings, for each of them an
     * example and the remedy, the unknown characters, and the distributions.
     *
     * @return lines that end in a line feed
     */
    public String toText() {
        return AuditText.of(this);
    }

    /**
     * Writes the report as one JSON object, with the names of the components of this record and of
     * those in it; a quantity without values is null.
     *
     * @return the object in one line, without a line end
     */
    public String toJson() {
        return AuditJson.of(this);
    }
}
