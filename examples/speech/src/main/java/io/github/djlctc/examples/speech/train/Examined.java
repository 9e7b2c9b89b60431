package io.github.djlctc.examples.speech.train;

import io.github.djlctc.dataset.AuditSample;
import io.github.djlctc.dataset.LabelAudit;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.util.Optional;

/**
 * What became of an utterance when it was read.
 *
 * @param id the utterance
 * @param sample what the audit looks at, if the signal could be read
 * @param usable the utterance, if it can be used
 * @param problem why not, if it cannot
 */
record Examined(
        String id,
        Optional<AuditSample> sample,
        Optional<PreparedUtterance> usable,
        Optional<Problem> problem) {

    /** The class of problem, and what it is in this utterance. */
    record Problem(String reason, String detail) {}

    static Examined usable(AuditSample sample, PreparedUtterance utterance) {
        return new Examined(
                utterance.id(), Optional.of(sample), Optional.of(utterance), Optional.empty());
    }

    static Examined unusable(
            Utterance utterance, AuditSample sample, String reason, String detail) {
        return new Examined(
                utterance.id(),
                Optional.of(sample),
                Optional.empty(),
                Optional.of(new Problem(reason, detail)));
    }

    static Examined unreadable(Utterance utterance, String reason, String detail) {
        return new Examined(
                utterance.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Problem(reason, detail)));
    }

    void addTo(LabelAudit audit) {
        if (sample.isPresent()) {
            audit.add(sample.get());
        } else {
            problem.ifPresent(p -> audit.addUnreadable(id, p.reason(), p.detail()));
        }
    }
}
