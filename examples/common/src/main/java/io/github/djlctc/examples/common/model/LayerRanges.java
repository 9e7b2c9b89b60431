package io.github.djlctc.examples.common.model;

/**
 * The ranges of the sizes of layers. They bound what the files of a model can make the program
 * allocate.
 */
public final class LayerRanges {

    private static final int MAX_WIDTH = 10_000;
    private static final int MAX_NUMBER = 100;

    private LayerRanges() {}

    /**
     * Checks the width of a layer: its channels or states.
     *
     * @param name what has the width, for the message
     * @param value the width
     * @throws IllegalArgumentException if it is not from 1 to 10,000
     */
    public static void checkWidth(String name, int value) {
        checkRange(name, value, MAX_WIDTH);
    }

    /**
     * Checks a number of layers, or a stride.
     *
     * @param name what it is the number of, for the message
     * @param value the number
     * @throws IllegalArgumentException if it is not from 1 to 100
     */
    public static void checkNumber(String name, int value) {
        checkRange(name, value, MAX_NUMBER);
    }

    private static void checkRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not from 1 to " + max);
        }
    }

    /**
     * Checks a dropout rate.
     *
     * @param rate the rate
     * @throws IllegalArgumentException if it is not from 0 to below 1
     */
    public static void checkDropout(float rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout " + rate + " is not from 0 to below 1");
        }
    }
}
