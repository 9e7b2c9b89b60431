package io.github.djlctc.examples.common.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The samples that a corpus has listed so far, by their ids: finds those that come again. */
public final class ListedSamples {

    /**
     * Why a sample must not be taken again.
     *
     * @param reason the class of problem, the same words for all samples that share it
     * @param detail the sample, and where it was listed first
     */
    public record Repetition(String reason, String detail) {}

    private record Place(String set, String where) {}

    private final String noun;
    private final Map<String, Place> places = new HashMap<>();

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
     * @param id the sample
     * @param where the file and the line that lists it
     * @return why it must be left out, if it was listed before in this set or in another
     */
    public Optional<Repetition> add(String set, String id, String where) {
        Place first = places.putIfAbsent(id, new Place(set, where));
        if (first == null) {
            return Optional.empty();
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
}
