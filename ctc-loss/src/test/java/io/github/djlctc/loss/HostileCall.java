package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.EmissionLayout;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A small random call, valid or not, and the outcome that the contract of the loss demands. */
final class HostileCall {

    private static final long[] HOSTILE_IDS = {
        -1,
        -2,
        0,
        3,
        4,
        57,
        1_000_000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        (1L << 32) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final double[] HOSTILE_LOGITS = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300, 700, -700
    };

    final EmissionLayout layout;
    final int blank;
    private final int size;
    private final int frames;
    private final int classes;
    private final double[] logits;
    private final int width;
    private final long[] ids;
    private final boolean concatenated;
    private final long[] targetLengths;
    private final long[] inputLengths;
    private final long[][] targets;

    HostileCall(Random random) {
        layout = random.nextBoolean() ? EmissionLayout.BATCH_MAJOR : EmissionLayout.TIME_MAJOR;
        size = 1 + random.nextInt(2);
        frames = rarely(random) ? 0 : 1 + random.nextInt(4);
        classes = rarely(random) ? random.nextInt(2) : 2 + random.nextInt(2);
        blank = rarely(random) ? 3 : random.nextInt(2);
        logits = random.doubles((long) size * frames * classes, -3, 3).toArray();
        boolean hostileLogits = random.nextInt(3) == 0;
        for (int i = 0; i < logits.length; i++) {
            if (hostileLogits && random.nextInt(4) == 0) {
                logits[i] = HOSTILE_LOGITS[random.nextInt(HOSTILE_LOGITS.length)];
            }
        }
        concatenated = random.nextInt(3) == 0;
        width = random.nextInt(4);
        ids = new long[rarely(random) ? width : size * width];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = rarely(random) ? any(random, HOSTILE_IDS) : label(random);
        }
        targetLengths = concatenated || random.nextBoolean() ? lengths(random, width) : null;
        inputLengths = random.nextBoolean() ? lengths(random, frames) : null;
        targets = read();
    }

    private static boolean rarely(Random random) {
        return random.nextInt(25) == 0;
    }

    private static long any(Random random, long[] values) {
        return values[random.nextInt(values.length)];
    }

    private long label(Random random) {
        return (blank + 1L + random.nextInt(Math.max(1, classes - 1))) % Math.max(1, classes);
    }

    private long[] lengths(Random random, int limit) {
        long[] lengths = new long[rarely(random) ? size + 1 : size];
        for (int n = 0; n < lengths.length; n++) {
            boolean full = random.nextInt(3) > 0;
            lengths[n] =
                    rarely(random)
                            ? any(random, HOSTILE_IDS)
                            : full ? limit : random.nextInt(limit + 1);
        }
        return lengths;
    }

    /** The targets as the contract reads them, or null if there is anything to reject. */
    private long[][] read() {
        boolean shapesFit =
                frames > 0
                        && classes > 1
                        && blank < classes
                        && (concatenated || ids.length == size * width)
                        && (targetLengths == null || targetLengths.length == size)
                        && (inputLengths == null || inputLengths.length == size);
        if (!shapesFit) {
            return null;
        }
        long[][] targets = new long[size][];
        int start = 0;
        for (int n = 0; n < size; n++) {
            int end = concatenated ? ids.length : (n + 1) * width;
            long length = targetLengths == null ? untilPadding(start, end) : targetLengths[n];
            boolean lengthsFit =
                    length >= 0
                            && length <= end - start
                            && inputLength(n) >= 0
                            && inputLength(n) <= frames;
            if (!lengthsFit) {
                return null;
            }
            targets[n] = Arrays.copyOfRange(ids, start, start + (int) length);
            start = concatenated ? start + (int) length : end;
        }
        boolean labelsOnly =
                Arrays.stream(targets)
                        .flatMapToLong(Arrays::stream)
                        .allMatch(id -> id >= 0 && id < classes && id != blank);
        return labelsOnly && start == ids.length ? targets : null;
    }

    /** The length of a target that ends at its padding, -1 if labels follow the padding. */
    private long untilPadding(int start, int end) {
        int length = 0;
        while (start + length < end && ids[start + length] != -1) {
            length++;
        }
        return Arrays.stream(ids, start + length, end).allMatch(id -> id == -1) ? length : -1;
    }

    private long inputLength(int sample) {
        return inputLengths == null ? frames : inputLengths[sample];
    }

    boolean isValid() {
        return targets != null;
    }

    double expectedLoss(int sample) {
        return Alignments.loss(logitsOf(sample), (int) inputLength(sample), targets[sample], blank);
    }

    /** Tells whether too few frames and a logit that is not finite make it infinite or NaN. */
    boolean isTooShortAndNotFinite(int sample) {
        long[] target = targets[sample];
        long required = target.length;
        for (int s = 1; s < target.length; s++) {
            required += target[s] == target[s - 1] ? 1 : 0;
        }
        return required > inputLength(sample)
                && Arrays.stream(logitsOf(sample))
                        .flatMapToDouble(Arrays::stream)
                        .anyMatch(logit -> !Double.isFinite(logit));
    }

    private double[][] logitsOf(int sample) {
        double[][] result = new double[frames][];
        for (int t = 0; t < frames; t++) {
            int row =
                    layout == EmissionLayout.BATCH_MAJOR ? sample * frames + t : t * size + sample;
            result[t] = Arrays.copyOfRange(logits, row * classes, (row + 1) * classes);
        }
        return result;
    }

    NDList labels(NDManager manager) {
        Shape shape =
                concatenated
                        ? new Shape(ids.length)
                        : new Shape(ids.length == size * width ? size : 1, width);
        return withLengths(manager.create(ids, shape), targetLengths);
    }

    NDList predictions(NDManager manager) {
        Shape shape =
                layout == EmissionLayout.BATCH_MAJOR
                        ? new Shape(size, frames, classes)
                        : new Shape(frames, size, classes);
        return withLengths(manager.create(logits, shape), inputLengths);
    }

    private static NDList withLengths(NDArray array, long[] lengths) {
        NDList list = new NDList(array);
        if (lengths != null) {
            list.add(array.getManager().create(lengths));
        }
        return list;
    }

    @Override
    public String toString() {
        return layout
                + " "
                + List.of(size, frames, classes)
                + ", blank "
                + blank
                + ", ids "
                + Arrays.toString(ids)
                + (concatenated ? " concatenated" : " in rows of " + width)
                + ", target lengths "
                + Arrays.toString(targetLengths)
                + ", input lengths "
                + Arrays.toString(inputLengths)
                + ", logits "
                + Arrays.toString(logits);
    }
}
