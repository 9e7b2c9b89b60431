package io.github.djlctc.examples.common.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    /** What samples that follow each other share. */
    private record Source(String set, Path file) {}

    private static final int NONE = -1;

    private final String noun;
    private final List<Source> sources = new ArrayList<>();

    // There may be millions of samples: besides themselves, which the corpus keeps too, each takes
    // three numbers and its places in two indices.
    private final List<CorpusSample> samples = new ArrayList<>();
    private final KeyIndex byId = new KeyIndex(i -> samples.get(i).id());
    private final KeyIndex lastPart = new KeyIndex(i -> samples.get(i).part().orElseThrow().file());
    private int[] sourceOf = new int[16];
    private int[] lineOf = new int[16];

    /** The part of the same file that was listed before. */
    private int[] partBefore = new int[16];

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
    public Optional<Repetition> add(String set, CorpusSample sample, FileLine where) {
        int first = byId.get(sample.id());
        if (first != NONE) {
            return Optional.of(repetition(sample.id(), set, first));
        }
        Optional<FilePart> part = sample.part();
        Optional<Repetition> overlap = part.flatMap(p -> overlap(sample.id(), p, set));
        if (overlap.isEmpty()) {
            take(set, sample, part, where);
        }
        return overlap;
    }

    private void take(String set, CorpusSample sample, Optional<FilePart> part, FileLine where) {
        int number = samples.size();
        if (number == lineOf.length) {
            int length = number + number / 2;
            sourceOf = Arrays.copyOf(sourceOf, length);
            lineOf = Arrays.copyOf(lineOf, length);
            partBefore = Arrays.copyOf(partBefore, length);
        }
        samples.add(sample);
        sourceOf[number] = source(new Source(set, where.file()));
        lineOf[number] = where.line();
        byId.put(sample.id(), number);
        part.ifPresent(p -> partBefore[number] = lastPart.put(p.file(), number));
    }

    private int source(Source source) {
        int last = sources.size() - 1;
        if (last < 0 || !sources.get(last).equals(source)) {
            sources.add(source);
        }
        return sources.size() - 1;
    }

    private String set(int number) {
        return sources.get(sourceOf[number]).set;
    }

    private FileLine where(int number) {
        return new FileLine(sources.get(sourceOf[number]).file, lineOf[number]);
    }

    private Repetition repetition(String id, String set, int first) {
        return set(first).equals(set)
                ? new Repetition("duplicate " + noun, id + " was listed before, at " + where(first))
                : new Repetition(
                        "leak: also in the " + set(first) + " set",
                        id + " is at " + where(first) + ", and is left to that set");
    }

    private Optional<Repetition> overlap(String id, FilePart part, String set) {
        Optional<Repetition> overlap = Optional.empty();
        for (int i = lastPart.get(part.file()); i != NONE; i = partBefore[i]) {
            if (!set(i).equals(set)) {
                FilePart other = samples.get(i).part().orElseThrow();
                if (part.overlaps(other)) {
                    // The one that was listed first is named, and the last of this chain.
                    overlap = Optional.of(overlap(id, i, part.sharedWith(other)));
                }
            }
        }
        return overlap;
    }

    private Repetition overlap(String id, int other, double shared) {
        return new Repetition(
                "leak: overlaps the " + set(other) + " set",
                String.format(
                        Locale.ROOT,
                        "%s shares %.2f s with %s, and is left out",
                        id,
                        shared,
                        where(other)));
    }
}
