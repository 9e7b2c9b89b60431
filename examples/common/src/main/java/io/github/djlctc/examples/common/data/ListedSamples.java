package io.github.djlctc.examples.common.data;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The samples that a corpus has listed so far: finds those that come again, by their ids, and parts
 * of a recording that overlap those of another set.
 */
public final class ListedSamples {

    /**
     * Why a sample must not be taken again.
     *
     * @param reason the class of problem, the same words for all samples that share it
     * @param detail the sample, and where it was listed first
     */
    public record Repetition(String reason, String detail) {}

    /** A sample that was taken. There may be millions of them. */
    private static final class Listed {

        private final String set;
        private final Object where;
        private final double start;
        private final double end;

        /** Another part of the same file. */
        private final Listed next;

        Listed(String set, Object where, FilePart part, Listed next) {
            this.set = set;
            this.where = where;
            start = part.start();
            end = part.end();
            this.next = next;
        }
    }

    private static final FilePart NOTHING = new FilePart("", 0, 0);

    private final String noun;
    private final Map<String, Listed> samples = new HashMap<>();

    /** The part of each recording that was listed last. */
    private final Map<String, Listed> parts = new HashMap<>();

    /**
     * Creates an empty list.
     *
     * @param noun what a sample is called in messages, in the singular
     */
    public ListedSamples(String noun) {
        this.noun = noun;
    }

    /**
     * Adds a sample, unless it is there.
     *
     * @param set the set that takes it, such as {@code test}
     * @param sample the sample
     * @param where the file and the line that lists it, as its {@code toString} says in messages
     * @return why it must be left out, if it was listed before in this set or in another
     */
    public Optional<Repetition> add(String set, CorpusSample sample, Object where) {
        String id = sample.id();
        Listed first = samples.get(id);
        if (first != null) {
            return Optional.of(repetition(id, set, first));
        }
        Optional<FilePart> part = sample.part();
        Optional<Repetition> overlap = part.flatMap(p -> overlap(id, p, set));
        if (overlap.isEmpty()) {
            Listed other = part.map(p -> parts.get(p.file())).orElse(null);
            Listed listed = new Listed(set, where, part.orElse(NOTHING), other);
            samples.put(id, listed);
            part.ifPresent(p -> parts.put(p.file(), listed));
        }
        return overlap;
    }

    private Repetition repetition(String id, String set, Listed first) {
        return first.set.equals(set)
                ? new Repetition("duplicate " + noun, id + " was listed before, at " + first.where)
                : new Repetition(
                        "leak: also in the " + first.set + " set",
                        id + " is at " + first.where + ", and is left to that set");
    }

    private Optional<Repetition> overlap(String id, FilePart part, String set) {
        Optional<Repetition> overlap = Optional.empty();
        for (Listed other = parts.get(part.file()); other != null; other = other.next) {
            if (other.set.equals(set)) {
                continue;
            }
            FilePart otherPart = new FilePart(part.file(), other.start, other.end);
            if (part.overlaps(otherPart)) {
                // The one that was listed first is named, and the last of this chain.
                overlap = Optional.of(overlap(id, other, part.sharedWith(otherPart)));
            }
        }
        return overlap;
    }

    private static Repetition overlap(String id, Listed other, double shared) {
        return new Repetition(
                "leak: overlaps the " + other.set + " set",
                String.format(
                        Locale.ROOT,
                        "%s shares %.2f s with %s, and is left out",
                        id,
                        shared,
                        other.where));
    }
}
