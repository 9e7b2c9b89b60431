package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;

import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells which classes of the model no target holds. */
final class ClassUsage {

    private final ModelClasses classes;
    private final int named;
    private final BitSet used = new BitSet();

    /**
     * Begins without targets.
     *
     * @param named how many of the unused classes are named
     */
    ClassUsage(ModelClasses classes, int named) {
        this.classes = classes;
        this.named = named;
    }

    void add(int id) {
        used.set(id);
    }

    /** Returns the finding of unused classes; nothing if there are none, or no targets. */
    Optional<AuditFinding> unused() {
        int usedLabels = used.cardinality() - (used.get(classes.blank()) ? 1 : 0);
        int unused = classes.count() - 1 - usedLabels;
        if (unused == 0 || used.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(AuditFinding.ofAll(Kind.UNUSED_CLASS, summary(unused), unused));
    }

    private String summary(int unused) {
        String names =
                IntStream.range(0, classes.count())
                        .filter(id -> id != classes.blank() && !used.get(id))
                        .limit(named)
                        .mapToObj(classes::nameOf)
                        .collect(Collectors.joining(", "));
        return Kind.UNUSED_CLASS.summary() + " (" + names + (unused > named ? ", ...)" : ")");
    }
}
