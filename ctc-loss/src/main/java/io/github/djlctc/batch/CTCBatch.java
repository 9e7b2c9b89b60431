package io.github.djlctc.batch;

import ai.djl.ndarray.NDList;

import io.github.djlctc.batch.CTCInputException.Problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The targets and lengths of one batch, read to the host and checked.
 *
 * <p>Of the emissions only the shape is used. N is the number of samples, T of frames, C of classes
 * (labels and blank), S of label positions.
 */
public final class CTCBatch {

    private final int frames;
    private final int classes;

    /** The number of valid frames of each sample. */
    private final int[] inputLengths;

    /** The class ids of each sample's target, without padding. */
    private final long[][] targets;

    CTCBatch(int frames, int classes, int[] inputLengths, long[][] targets) {
        this.frames = frames;
        this.classes = classes;
        this.inputLengths = inputLengths;
        this.targets = targets;
    }

    /**
     * Reads the targets and lengths of a batch, and checks shapes, types and lengths.
     *
     * <p>Ids and lengths may be of any integer type, or floating with whole values. What the
     * targets hold is checked by {@link #checkTargets(int)}.
     *
     * @param labels {@code [targets (N,S)]}, {@code [targets (N,S), targetLengths (N)]}, or {@code
     *     [targets (sum of lengths), targetLengths (N)]} with the targets one after another.
     *     Without lengths a target ends at its first padding label
     * @param predictions {@code [emissions]} or {@code [emissions, inputLengths (N)]}; without
     *     lengths every sample has T frames
     * @param layout the order of the dimensions of the emissions
     * @param paddingLabel the label that fills targets up to S where no lengths are given, such as
     *     -1
     * @return the targets and lengths
     * @throws CTCInputException if a shape, a type or a length is wrong
     */
    public static CTCBatch read(
            NDList labels, NDList predictions, EmissionLayout layout, long paddingLabel) {
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(predictions, "predictions");
        Objects.requireNonNull(layout, "layout");
        return new CTCBatchReader(labels, predictions, layout, paddingLabel).read();
    }

    /**
     * Checks that every target id is the class of a label.
     *
     * @param blank the class of the blank
     * @throws CTCInputException if the blank is not one of the C classes, or a target holds the
     *     blank, a negative id, or an id of C or above
     */
    public void checkTargets(int blank) {
        if (blank >= classes) {
            throw new CTCInputException(
                    "the blank is class "
                            + blank
                            + ", but the logits have "
                            + classes
                            + " classes (0.."
                            + (classes - 1)
                            + ")");
        }
        List<Problem> problems = new ArrayList<>();
        for (int n = 0; n < targets.length; n++) {
            long[] target = targets[n];
            for (int s = 0; s < target.length; s++) {
                if (target[s] < 0 || target[s] >= classes || target[s] == blank) {
                    problems.add(new Problem(n, wrongId(target[s], s, blank)));
                    break;
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CTCInputException(problems);
        }
    }

    private String wrongId(long id, int position, int blank) {
        String where = "target id " + id + " at position " + position;
        if (id == blank) {
            return where
                    + " is the blank; targets hold labels only (is the blank used as padding, or"
                    + " are the label ids shifted by one?)";
        }
        return where
                + ", but the logits have "
                + classes
                + " classes (0.."
                + (classes - 1)
                + "); a model needs one class per label plus the blank";
    }

    /**
     * Returns the number of samples N.
     *
     * @return N, at least 1
     */
    public int size() {
        return targets.length;
    }

    /**
     * Returns the number of frames T that the emissions are padded to.
     *
     * @return T, at least 1
     */
    public int frames() {
        return frames;
    }

    /**
     * Returns the number of classes C, labels and blank.
     *
     * @return C, at least 2
     */
    public int classes() {
        return classes;
    }

    /**
     * Returns the number of valid frames of a sample.
     *
     * @param sample the sample, 0 to N-1
     * @return the length, 0 to T
     */
    public int inputLength(int sample) {
        return inputLengths[sample];
    }

    /**
     * Returns the target of a sample.
     *
     * @param sample the sample, 0 to N-1
     * @return a copy of its ids
     */
    public long[] target(int sample) {
        return targets[sample].clone();
    }

    /**
     * Returns the number of labels in the target of a sample.
     *
     * @param sample the sample, 0 to N-1
     * @return the length, 0 or more
     */
    public int targetLength(int sample) {
        return targets[sample].length;
    }

    /**
     * Returns the least number of frames that can hold the target of a sample: its length plus the
     * number of adjacent equal labels, which a blank must part (Graves et al. 2006, section 3.1).
     *
     * @param sample the sample, 0 to N-1
     * @return the number of frames
     */
    public int requiredFrames(int sample) {
        return requiredFrames(targets[sample]);
    }

    /**
     * Returns the least number of frames that can hold a target: its length plus the number of
     * adjacent equal labels.
     *
     * @param target the class ids of the labels
     * @return the number of frames
     */
    public static int requiredFrames(long[] target) {
        Objects.requireNonNull(target, "target");
        int required = target.length;
        for (int s = 1; s < target.length; s++) {
            if (target[s] == target[s - 1]) {
                required++;
            }
        }
        return required;
    }

    /**
     * Tells whether a sample has the {@link #requiredFrames(int)} of its target. If not, no
     * alignment exists and the loss is infinite.
     *
     * @param sample the sample, 0 to N-1
     * @return whether the target fits into the input length
     */
    public boolean hasEnoughFrames(int sample) {
        return requiredFrames(sample) <= inputLength(sample);
    }

    /**
     * Returns the targets one after another.
     *
     * @return a new array of the sum of the target lengths
     */
    public long[] concatenatedTargets() {
        return Arrays.stream(targets).flatMapToLong(Arrays::stream).toArray();
    }
}
