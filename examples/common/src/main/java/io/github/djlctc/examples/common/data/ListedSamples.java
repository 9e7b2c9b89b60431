package io.github.djlctc.examples.common.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    private record Place(String set, String where) {}

    private record PlacedPart(FilePart part, Place place) {}

    private final String noun;
    private final Map<String, Place> places = new HashMap<>();

    /** The parts of each recording. */
    private final Map<String, List<PlacedPart>> parts = new HashMap<>();

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
     * @param where the file and the line that lists it
     * @return why it must be left out, if it was listed before in this set or in another
     */
    public Optional<Repetition> add(String set, CorpusSample sample, String where) {
        String id = sample.id();
        Place place = new Place(set, where);
        Place first = places.get(id);
        if (first == null) {
            Optional<Repetition> overlap = sample.part().flatMap(part -> overlap(id, part, set));
            if (overlap.isEmpty()) {
                places.put(id, place);
                sample.part().ifPresent(part -> partsOf(part).add(new PlacedPart(part, place)));
            }
            return overlap;
        }
        if (first.set.equals(set)) {
            return Optional.of(
                    new Repetition(
                            "duplicate " + noun, id + " was listed before, at " + first.where));
        }
        return Optional.of(
                new Repetition(
                        "leak: also in the " + first.set + " set",
                        id + " is at " + first.where + ", and is left to that set"));
    }

    private List<PlacedPart> partsOf(FilePart part) {
        return parts.computeIfAbsent(part.file(), file -> new ArrayList<>());
    }

    private Optional<Repetition> overlap(String id, FilePart part, String set) {
        for (PlacedPart other : partsOf(part)) {
            if (!other.place.set.equals(set) && part.overlaps(other.part)) {
                return Optional.of(
                        new Repetition(
                                "leak: overlaps the " + other.place.set + " set",
                                String.format(
                                        Locale.ROOT,
                                        "%s shares %.2f s with %s, and is left out",
                                        id,
                                        part.sharedWith(other.part),
                                        other.place.where)));
            }
        }
        return Optional.empty();
    }
}
