package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The accumulators of a loss, each under the key that DJL's listeners chose. */
final class LossAccumulators {

    private final Map<String, LossAccumulator> accumulators = new ConcurrentHashMap<>();

    /** Adds an empty accumulator, in place of the one of that key if there is one. */
    void add(String key) {
        accumulators.put(key, new LossAccumulator());
    }

    /** Returns the accumulator of a key; without one, an {@link IllegalArgumentException}. */
    LossAccumulator get(String key) {
        LossAccumulator accumulator = accumulators.get(key);
        if (accumulator == null) {
            throw new IllegalArgumentException(
                    "no accumulator " + key + "; add it with addAccumulator first");
        }
        return accumulator;
    }

    /** Takes a batch out of all means whose latest batch it is. */
    void leaveOut(CTCBatch batch) {
        accumulators.values().forEach(accumulator -> accumulator.leaveOut(batch));
    }
}
