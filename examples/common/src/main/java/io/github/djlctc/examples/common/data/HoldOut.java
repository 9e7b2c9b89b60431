package io.github.djlctc.examples.common.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Some of a list of samples held out for model selection, where a data set has no set for that.
 *
 * @param <T> the type of the samples
 * @param kept the samples that are left for training, in their order; at least one
 * @param heldOut the others, in their order; at least one
 */
public record HoldOut<T>(List<T> kept, List<T> heldOut) {

    /**
     * Copies the lists.
     *
     * @param kept the samples that are left for training
     * @param heldOut the others
     */
    public HoldOut {
        kept = List.copyOf(kept);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Chooses samples at random.
     *
     * @param <T> the type of the samples
     * @param samples all samples, at least 2
     * @param share how many to hold out, as a share above 0 and below 1; at least one is held out,
     *     and one is kept
     * @param seed decides which
     * @return both parts
     * @throws IllegalArgumentException if there are fewer than 2 samples, or the share is out of
     *     range
     */
    public static <T> HoldOut<T> of(List<T> samples, double share, long seed) {
        if (samples.size() < 2) {
            throw new IllegalArgumentException(samples.size() + " samples are too few");
        }
        int count = (int) Math.max(1, Math.round(requireShare(share) * samples.size()));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        List<Integer> chosen = order.subList(0, Math.min(count, samples.size() - 1));
        boolean[] out = new boolean[samples.size()];
        chosen.forEach(i -> out[i] = true);
        List<T> kept = new ArrayList<>();
        List<T> heldOut = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
            (out[i] ? heldOut : kept).add(samples.get(i));
        }
        return new HoldOut<>(kept, heldOut);
    }

    /**
     * Checks a share.
     *
     * @param share any number
     * @return the share
     * @throws IllegalArgumentException if it is not above 0 and below 1
     */
    public static double requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share between 0 and 1 expected: " + share);
        }
        return share;
    }
}
