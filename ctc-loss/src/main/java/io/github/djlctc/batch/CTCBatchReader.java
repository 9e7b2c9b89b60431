package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCInputException.Problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Turns the labels and predictions of a batch into a {@link CTCBatch}, checking on the way. */
final class CTCBatchReader {

    private static final Set<DataType> EMISSION_TYPES =
            EnumSet.of(DataType.FLOAT16, DataType.FLOAT32, DataType.FLOAT64);

    private final NDList labels;
    private final NDList predictions;
    private final long paddingLabel;
    private final int size;
    private final int frames;
    private final int classes;
    private final List<Problem> problems = new ArrayList<>();

    CTCBatchReader(NDList labels, NDList predictions, EmissionLayout layout, long paddingLabel) {
        checkListSize("labels", labels, "[targets] or [targets, targetLengths]");
        checkListSize("predictions", predictions, "[logits] or [logits, inputLengths]");
        this.labels = labels;
        this.predictions = predictions;
        this.paddingLabel = paddingLabel;
        boolean batchMajor = layout == EmissionLayout.BATCH_MAJOR;
        Shape shape = predictions.head().getShape();
        if (shape.dimension() != 3) {
            throw new CTCInputException(
                    "the logits have the shape "
                            + shape
                            + ", but need the three dimensions "
                            + (batchMajor ? "(N,T,C)" : "(T,N,C)"));
        }
        size = Math.toIntExact(shape.get(batchMajor ? 0 : 1));
        frames = Math.toIntExact(shape.get(batchMajor ? 1 : 0));
        classes = Math.toIntExact(shape.get(2));
        checkEmissions(shape);
        checkTargetShape(batchMajor ? "(N,T,C)" : "(T,N,C)");
        checkLengthShape(labels, "target lengths");
        checkLengthShape(predictions, "input lengths");
    }

    CTCBatch read() {
        long[] ids = WholeNumbers.read(labels.head(), "targets");
        long[] targetLengths = lengths(labels, "target lengths");
        long[] inputLengths = lengths(predictions, "input lengths");

        int[] inputs = inputLengths(inputLengths);
        long[][] targets = isPadded() ? padded(ids, targetLengths) : joined(ids, targetLengths);
        if (!problems.isEmpty()) {
            throw new CTCInputException(problems);
        }
        return new CTCBatch(frames, classes, inputs, targets);
    }

    /** Returns the lengths, or null if there are none. */
    private static long[] lengths(NDList list, String name) {
        return list.size() == 2 ? WholeNumbers.read(list.get(1), name) : null;
    }

    private boolean isPadded() {
        return labels.head().getShape().dimension() == 2;
    }

    private int[] inputLengths(long[] given) {
        int[] lengths = new int[size];
        Arrays.fill(lengths, frames);
        for (int n = 0; given != null && n < size; n++) {
            if (given[n] < 0 || given[n] > frames) {
                problem(
                        n,
                        "input length "
                                + given[n]
                                + ", but the logits have "
                                + frames
                                + " frames; give the number of frames after subsampling, 0 to "
                                + frames);
            } else {
                lengths[n] = (int) given[n];
            }
        }
        return lengths;
    }

    private long[][] padded(long[] ids, long[] lengths) {
        int width = ids.length / size;
        long[][] targets = new long[size][];
        for (int n = 0; n < size; n++) {
            long[] row = Arrays.copyOfRange(ids, n * width, (n + 1) * width);
            targets[n] =
                    lengths == null
                            ? untilPadding(n, row)
                            : Arrays.copyOf(row, checkedLength(n, lengths[n], width));
        }
        return targets;
    }

    private long[] untilPadding(int sample, long[] row) {
        int length = 0;
        while (length < row.length && row[length] != paddingLabel) {
            length++;
        }
        for (int s = length + 1; s < row.length; s++) {
            if (row[s] != paddingLabel) {
                problem(
                        sample,
                        "target id "
                                + row[s]
                                + " at position "
                                + s
                                + " stands after the padding label "
                                + paddingLabel
                                + " at position "
                                + length
                                + "; padding must be at the end");
                break;
            }
        }
        return Arrays.copyOf(row, length);
    }

    private long[][] joined(long[] ids, long[] lengths) {
        long[][] targets = new long[size][];
        int start = 0;
        for (int n = 0; n < size; n++) {
            int length = checkedLength(n, lengths[n], ids.length - start);
            targets[n] = Arrays.copyOfRange(ids, start, start + length);
            start += length;
        }
        if (problems.isEmpty() && start != ids.length) {
            throw new CTCInputException(
                    "the target lengths add up to "
                            + start
                            + ", but the concatenated targets hold "
                            + ids.length
                            + " ids");
        }
        return targets;
    }

    private int checkedLength(int sample, long length, int limit) {
        if (length < 0 || length > limit) {
            String limits =
                    isPadded()
                            ? "the targets have " + limit + " positions"
                            : limit + " concatenated ids are left for it";
            problem(sample, "target length " + length + ", but " + limits);
            return 0;
        }
        return (int) length;
    }

    private void problem(int sample, String description) {
        problems.add(new Problem(sample, description));
    }

    private static void checkListSize(String name, NDList list, String expected) {
        if (list.isEmpty() || list.size() > 2) {
            throw new CTCInputException(
                    "the "
                            + name
                            + " have "
                            + list.size()
                            + " arrays, but must be "
                            + expected
                            + "; a block with more outputs needs a loss that picks the two");
        }
    }

    private void checkEmissions(Shape shape) {
        DataType type = predictions.head().getDataType();
        if (!EMISSION_TYPES.contains(type)) {
            throw new CTCInputException(
                    "the logits are of type "
                            + type
                            + ", but must be float32 or float64 (float16 is computed in float32)");
        }
        if (size == 0 || frames == 0) {
            throw new CTCInputException("the logits are empty: their shape is " + shape);
        }
        if (classes < 2) {
            throw new CTCInputException(
                    "the logits have "
                            + classes
                            + " class(es); a model needs one class per label plus the blank, so 2"
                            + " or more");
        }
    }

    private void checkTargetShape(String layout) {
        Shape shape = labels.head().getShape();
        boolean concatenated = shape.dimension() == 1 && labels.size() == 2;
        if (!concatenated && (shape.dimension() != 2 || shape.get(0) != size)) {
            throw new CTCInputException(
                    "the targets have the shape "
                            + shape
                            + " and the logits "
                            + predictions.head().getShape()
                            + ", read as "
                            + layout
                            + "; targets must be (N,S) with N = "
                            + size
                            + ", or one-dimensional with target lengths");
        }
    }

    private void checkLengthShape(NDList list, String name) {
        if (list.size() < 2) {
            return;
        }
        NDArray lengths = list.get(1);
        Shape shape = lengths.getShape();
        if (shape.dimension() != 1 || shape.get(0) != size) {
            throw new CTCInputException(
                    "the " + name + " have the shape " + shape + ", but must be (" + size + ")");
        }
    }
}
