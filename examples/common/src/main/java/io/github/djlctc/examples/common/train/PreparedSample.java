package io.github.djlctc.examples.common.train;

import io.github.djlctc.batch.CTCBatch;

/** A sample that was read and found usable. */
final class PreparedSample {

    private final String id;
    private final String text;
    private final long[] target;
    private final int frames;
    private final int leastFrames;
    private final FeatureSource features;

    PreparedSample(
            String id,
            String text,
            long[] target,
            int frames,
            int leastFrames,
            FeatureSource features) {
        this.id = id;
        this.text = text;
        this.target = target;
        this.frames = frames;
        this.leastFrames = leastFrames;
        this.features = features;
    }

    /**
     * Returns the least frames of features whose logits can hold a target that so many can hold.
     */
    static int leastFrames(RecognitionModel model, long[] target, int enough) {
        int required = CTCBatch.requiredFrames(target);
        int least = enough;
        while (least > 0 && model.logitFrames(least - 1) >= required) {
            least--;
        }
        return least;
    }

    String id() {
        return id;
    }

    /** The transcript, normalised as the alphabet does. */
    String text() {
        return text;
    }

    /** The class ids of the transcript; not a copy. */
    long[] target() {
        return target;
    }

    /** The number of frames of the plain features. */
    int frames() {
        return frames;
    }

    /** The least number of frames of features that can hold the target. */
    int leastFrames() {
        return leastFrames;
    }

    FeatureSource features() {
        return features;
    }
}
