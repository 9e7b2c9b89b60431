package io.github.djlctc.translate;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** How long the features of each sample are that a model was given, and what they are padded to. */
final class FedBatch {

    private static final FedBatch EMPTY = new FedBatch(new long[0], 0);

    /** The valid steps of each sample. */
    private final long[] lengths;

    private final long padded;

    FedBatch(long[] lengths, long padded) {
        this.lengths = lengths.clone();
        this.padded = padded;
    }

    static FedBatch empty() {
        return EMPTY;
    }

    int size() {
        return lengths.length;
    }

    /**
     * Finds the valid frames of the emissions by a model's subsampling.
     *
     * @param subsampling from steps of features to frames
     * @param frames how many frames the emissions have
     */
    long[] validFrames(IntUnaryOperator subsampling, int frames) {
        int expected = subsampling.applyAsInt(Math.toIntExact(padded));
        if (expected != frames) {
            throw new IllegalArgumentException(
                    "the subsampling makes %d frames of %d steps of features, but the model made %d: give optSubsampling the model's own function, with its rounding"
                            .formatted(expected, padded, frames));
        }
        return Arrays.stream(lengths)
                .map(length -> subsampling.applyAsInt(Math.toIntExact(length)))
                .toArray();
    }

    /**
     * Finds the valid frames of the emissions of a model whose subsampling is not known.
     *
     * @param frames how many frames the emissions have
     */
    long[] validFrames(int frames) {
        if (frames == padded) {
            return lengths.clone();
        }
        if (Arrays.stream(lengths).allMatch(length -> length == padded)) {
            long[] all = new long[lengths.length];
            Arrays.fill(all, frames);
            return all;
        }
        throw new IllegalArgumentException(
                "of features with %d steps the model made emissions with %d frames, and no lengths; which of them are padding is not known: call optSubsampling"
                        .formatted(padded, frames));
    }
}
