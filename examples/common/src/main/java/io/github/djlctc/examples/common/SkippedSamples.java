package io.github.djlctc.examples.common;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Samples that cannot be used: each is named with its reason, and all are summed up at the end.
 *
 * <p>Thread-safe. Under {@link Policy#STRICT} the first one throws instead.
 */
public final class SkippedSamples {

    /** What happens when a sample cannot be used. */
    public enum Policy {
        /** Leave the sample out and remember why. */
        SKIP,
        /** Throw at the first one. */
        STRICT
    }

    /**
     * One sample that was left out.
     *
     * @param id the sample: its file or its name in the manifest
     * @param reason the class of problem, the same words for all samples that share it
     * @param detail what is wrong with this sample, with the values
     */
    public record Skipped(String id, String reason, String detail) {}

    private final Policy policy;
    private final List<Skipped> skipped = new ArrayList<>();
    private final Set<String> tolerated = new HashSet<>();

    /**
     * Creates an empty list.
     *
     * @param policy whether to go on or to throw
     */
    public SkippedSamples(Policy policy) {
        this.policy = policy;
    }

    /**
     * Permits a reason whatever the policy, since the user asked for it.
     *
     * @param reason the class of problem
     */
    public synchronized void tolerate(String reason) {
        tolerated.add(reason);
    }

    /**
     * Records a sample that cannot be used.
     *
     * @param id the sample
     * @param reason the class of problem
     * @param detail what is wrong with this sample
     * @throws UnusableSampleException under {@link Policy#STRICT}, unless the reason is {@linkplain
     *     #tolerate permitted}
     */
    public synchronized void add(String id, String reason, String detail) {
        if (policy == Policy.STRICT && !tolerated.contains(reason)) {
            throw new UnusableSampleException(id + ": " + reason + ": " + detail);
        }
        skipped.add(new Skipped(id, reason, detail));
    }

    /** {@return a copy of what was recorded, in the order of recording} */
    public synchronized List<Skipped> list() {
        return List.copyOf(skipped);
    }

    /**
     * Sums up by reason.
     *
     * @param examples how many samples to name per reason
     * @return the lines to show, none if nothing was skipped
     */
    public List<String> summary(int examples) {
        return summaryFrom(0, examples);
    }

    private static String line(Skipped sample) {
        return Printable.line("  " + sample.id() + ": " + sample.detail());
    }

    /**
     * Sums up by reason what was recorded from some sample on.
     *
     * @param first how many samples to pass over, at most those that were recorded
     * @param examples how many samples to name per reason
     * @return the lines to show, none if nothing was skipped since
     */
    public synchronized List<String> summaryFrom(int first, int examples) {
        Map<String, List<Skipped>> byReason = new TreeMap<>();
        for (Skipped sample : skipped.subList(first, skipped.size())) {
            byReason.computeIfAbsent(sample.reason(), key -> new ArrayList<>()).add(sample);
        }
        List<String> lines = new ArrayList<>();
        byReason.forEach(
                (reason, samples) -> {
                    lines.add("skipped " + samples.size() + ": " + reason);
                    samples.stream().limit(examples).forEach(s -> lines.add(line(s)));
                    if (samples.size() > examples) {
                        lines.add("  and " + (samples.size() - examples) + " more");
                    }
                });
        return lines;
    }
}
