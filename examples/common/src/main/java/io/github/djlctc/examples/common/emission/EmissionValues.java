package io.github.djlctc.examples.common.emission;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;

import java.nio.file.Path;

/** Checks the scores of utterances, and makes logits of them. */
final class EmissionValues {

    /** How far the probabilities of a frame may add up to another number than 1. */
    private static final double COST_TOLERANCE = 0.001;

    private final Path source;
    private final int classes;
    private final EmissionScale scale;

    /**
     * Prepares checking.
     *
     * @param source where they come from, for errors
     */
    EmissionValues(Path source, int classes, EmissionScale scale) {
        this.source = source;
        this.classes = classes;
        this.scale = scale;
    }

    /** Returns where an utterance comes from, for errors. */
    String source(String id) {
        return source + ", utterance \"" + id + "\"";
    }

    /** Returns how many scores a frame has. */
    int classes() {
        return classes;
    }

    /**
     * Returns the logits of an utterance.
     *
     * @param values its scores, row by row; not copied if they are logits
     */
    float[] logits(String id, float[] values, int frames) throws EmissionFormatException {
        for (int frame = 0; frame < frames; frame++) {
            checkFrame(id, values, frame);
        }
        if (scale == EmissionScale.LOGITS && areCosts(values, frames)) {
            throw problem(
                    id,
                    "the scores are 0 or more, and their negatives are log probabilities: these"
                            + " are costs; write the array with its signs changed");
        }
        try {
            return scale.toLogits(values, frames, classes);
        } catch (EmissionScaleException e) {
            throw problem(
                    id,
                    e.problem()
                            + (scale == EmissionScale.LOGITS
                                    ? "; if they are probabilities, give --emissions-are"
                                            + " probabilities; if they are logits, add 1 to all of"
                                            + " them, which changes no result"
                                    : "; leave --emissions-are out for logits and log"
                                            + " probabilities, and divide probabilities by the sum"
                                            + " of their frame"));
        }
    }

    private void checkFrame(String id, float[] values, int frame) throws EmissionFormatException {
        boolean finite = false;
        for (int i = 0; i < classes; i++) {
            float value = values[frame * classes + i];
            if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
                throw problem(
                        id,
                        "frame "
                                + frame
                                + ", class "
                                + i
                                + " is "
                                + value
                                + "; the model or its input features are broken, so check both");
            }
            finite |= Float.isFinite(value);
        }
        if (!finite) {
            throw problem(
                    id,
                    "all classes of frame "
                            + frame
                            + " are -Infinity, so that none can be chosen; floor the"
                            + " probabilities before taking logarithms");
        }
    }

    /** Tells whether every frame holds negative log probabilities. */
    private boolean areCosts(float[] values, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            double sum = 0;
            for (int i = frame * classes; i < (frame + 1) * classes; i++) {
                if (values[i] < 0) {
                    return false;
                }
                sum += Math.exp(-values[i]);
            }
            if (Math.abs(sum - 1) > COST_TOLERANCE) {
                return false;
            }
        }
        return frames > 0;
    }

    EmissionFormatException problem(String id, String problem) {
        return new EmissionFormatException(source(id), problem);
    }
}
