package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;

/** Finds samples that occur more than once, by the fingerprints of their ids and contents. */
final class DuplicateCheck {

    private final Alphabet alphabet;
    private final AuditTally tally;
    private final FingerprintIndex ids = new FingerprintIndex();
    private final FingerprintIndex contents = new FingerprintIndex();

    /** The ids of all samples, since it is not known which of them come again. */
    private final List<String> sampleIds = new ArrayList<>();

    /**
     * Begins without samples.
     *
     * @param alphabet null if no sample has a transcript
     */
    DuplicateCheck(Alphabet alphabet, AuditTally tally) {
        this.alphabet = alphabet;
        this.tally = tally;
    }

    void checkId(String sampleId) {
        int number = tally.samples();
        sampleIds.add(sampleId);
        int first = ids.firstOrAdd(Fingerprint.of(sampleId), number);
        if (first > 0) {
            tally.note(
                    Kind.DUPLICATE_ID,
                    sampleId,
                    () -> "sample " + number + " has the id of sample " + first);
        }
    }

    void checkContent(AuditSample sample, FeatureSummary features) {
        long target =
                sample.text() == null
                        ? Fingerprint.of(sample.target())
                        : Fingerprint.of(alphabet.normalize(sample.text()));
        int number = tally.samples();
        int first = contents.firstOrAdd(Fingerprint.of(features.fingerprint(), target), number);
        if (first > 0) {
            tally.note(
                    Kind.DUPLICATE_CONTENT,
                    sample.id(),
                    () -> "the same as \"" + sampleIds.get(first - 1) + "\"");
        }
    }
}
