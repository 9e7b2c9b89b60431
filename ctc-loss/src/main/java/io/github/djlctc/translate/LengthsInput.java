package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;

/** How a model is told the valid lengths of the samples of a padded batch: as its second input. */
public enum LengthsInput {
    /**
     * Not at all. Such a model sees the padding as part of the samples, so that texts of a batch of
     * different lengths may differ from those one by one, unless each frame depends on few others.
     */
    NONE {
        @Override
        NDArray create(NDManager manager, long[] lengths, long padded) {
            throw new IllegalStateException("no array of lengths is needed");
        }
    },
    /** As lengths (N), int64. The blocks of this library take them so. */
    INT64 {
        @Override
        NDArray create(NDManager manager, long[] lengths, long padded) {
            return manager.create(lengths);
        }
    },
    /** As lengths (N), int32. */
    INT32 {
        @Override
        NDArray create(NDManager manager, long[] lengths, long padded) {
            return manager.create(Arrays.stream(lengths).mapToInt(Math::toIntExact).toArray());
        }
    },
    /**
     * As a mask (N, T), int64, with 1 in the valid steps of the padded dimension and 0 beyond, such
     * as the {@code attention_mask} of Hugging Face's models.
     */
    MASK {
        @Override
        NDArray create(NDManager manager, long[] lengths, long padded) {
            int width = Math.toIntExact(padded);
            long[] mask = new long[Math.multiplyExact(lengths.length, width)];
            for (int sample = 0; sample < lengths.length; sample++) {
                int start = sample * width;
                Arrays.fill(mask, start, start + Math.toIntExact(lengths[sample]), 1);
            }
            return manager.create(mask, new Shape(lengths.length, width));
        }
    };

    abstract NDArray create(NDManager manager, long[] lengths, long padded);
}
