package io.github.djlctc.examples.common.data;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Finds the numbers of things by their keys, in 8 to 16 bytes a thing: keys are not kept, but asked
 * for. Open addressing with linear probing.
 */
final class KeyIndex {

    private static final int EMPTY = -1;

    private final IntFunction<String> keyOf;

    /** Numbers; at least half of the places are empty. The length is a power of two. */
    private int[] places = places(16);

    private int size;

    /**
     * Creates an empty index.
     *
     * @param keyOf tells the key of each number that was put
     */
    KeyIndex(IntFunction<String> keyOf) {
        this.keyOf = keyOf;
    }

    private static int[] places(int count) {
        int[] places = new int[count];
        Arrays.fill(places, EMPTY);
        return places;
    }

    /** Returns the number that was put last with a key; -1 if there is none. */
    int get(String key) {
        return places[place(key)];
    }

    /**
     * Adds a number.
     *
     * @param key its key, as the function tells it from now on
     * @param number 0 or more
     * @return the number that has the place of the key so far, and loses it; -1 if there is none
     */
    int put(String key, int number) {
        int place = place(key);
        int before = places[place];
        places[place] = number;
        if (before == EMPTY && 2 * ++size > places.length) {
            grow();
        }
        return before;
    }

    private void grow() {
        int[] old = places;
        places = places(Math.multiplyExact(2, old.length));
        for (int number : old) {
            if (number != EMPTY) {
                places[place(keyOf.apply(number))] = number;
            }
        }
    }

    /** Returns the place of a key, or the empty one that it would get. */
    private int place(String key) {
        int hash = key.hashCode();
        int mask = places.length - 1;
        int place = (hash ^ hash >>> 16) & mask;
        while (places[place] != EMPTY && !keyOf.apply(places[place]).equals(key)) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
