package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.EmissionLayout;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A random batch, small enough for {@link Alignments}. Targets may be empty, repeat labels or be
 * too long for their frames; padding frames hold garbage.
 */
final class RandomBatch {

    private enum TargetForm {
        PADDED,
        PADDED_WITH_LENGTHS,
        CONCATENATED
    }

    private static final double[] GARBAGE = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30, -1e30
    };

    final int size;
    final int frames;
    final int classes;
    final int blank;
    final double[][][] logits;
    final int[] inputLengths;
    final long[][] targets;
    private final TargetForm form;
    private final int padding;

    RandomBatch(Random random) {
        size = 1 + random.nextInt(3);
        frames = 1 + random.nextInt(6);
        classes = 2 + random.nextInt(3);
        blank = random.nextInt(classes);
        inputLengths = new int[size];
        targets = new long[size][];
        logits = new double[size][frames][classes];
        double scale = random.nextBoolean() ? 1 : 8;
        for (int n = 0; n < size; n++) {
            inputLengths[n] = random.nextInt(frames + 1);
            targets[n] = target(random, random.nextInt(inputLengths[n] + 2));
            for (int t = 0; t < frames; t++) {
                boolean valid = t < inputLengths[n];
                for (int c = 0; c < classes; c++) {
                    logits[n][t][c] =
                            valid
                                    ? (float) (random.nextGaussian() * scale)
                                    : GARBAGE[random.nextInt(GARBAGE.length)];
                }
            }
        }
        form = TargetForm.values()[random.nextInt(3)];
        padding = random.nextInt(3);
    }

    private RandomBatch(RandomBatch first, RandomBatch second) {
        size = 2 * first.size;
        frames = first.frames;
        classes = first.classes;
        blank = first.blank;
        form = first.form;
        padding = first.padding;
        inputLengths = new int[size];
        targets = new long[size][];
        logits = new double[size][][];
        for (int n = 0; n < size; n++) {
            int utterance = n % first.size;
            inputLengths[n] = first.inputLengths[utterance];
            targets[n] = first.targets[utterance];
            logits[n] = (n < first.size ? first : second).logits[utterance];
        }
    }

    /** A batch of two views of every utterance: samples n and N / 2 + n. */
    static RandomBatch ofTwoViews(Random random) {
        long seed = random.nextLong();
        RandomBatch first = new RandomBatch(new Random(seed));
        RandomBatch second = new RandomBatch(new Random(seed));
        for (int n = 0; n < second.size; n++) {
            for (int t = 0; t < second.inputLengths[n]; t++) {
                for (int c = 0; c < second.classes; c++) {
                    second.logits[n][t][c] = (float) (2 * random.nextGaussian());
                }
            }
            for (int t = second.inputLengths[n]; t < second.frames; t++) {
                second.logits[n][t][0] = GARBAGE[random.nextInt(GARBAGE.length)];
            }
        }
        return new RandomBatch(first, second);
    }

    private long[] target(Random random, int length) {
        return LongStream.range(0, length)
                .map(s -> (blank + 1 + random.nextInt(classes - 1)) % classes)
                .toArray();
    }

    double loss(int sample) {
        return Alignments.loss(logits[sample], inputLengths[sample], targets[sample], blank);
    }

    /** The gradient of a sample's loss with respect to its logits; 0 where the loss is infinite. */
    double[][] gradient(int sample) {
        return Double.isInfinite(loss(sample))
                ? new double[frames][classes]
                : Alignments.gradient(logits[sample], inputLengths[sample], targets[sample], blank);
    }

    NDList labels(NDManager manager) {
        NDArray lengths =
                manager.create(Arrays.stream(targets).mapToLong(ids -> ids.length).toArray());
        if (form == TargetForm.CONCATENATED) {
            long[] joined = Arrays.stream(targets).flatMapToLong(Arrays::stream).toArray();
            return new NDList(manager.create(joined), lengths);
        }
        int width = Arrays.stream(targets).mapToInt(ids -> ids.length).max().orElse(0) + padding;
        long[] padded = new long[size * width];
        Arrays.fill(padded, -1);
        for (int n = 0; n < size; n++) {
            System.arraycopy(targets[n], 0, padded, n * width, targets[n].length);
        }
        NDArray ids = manager.create(padded, new Shape(size, width));
        return form == TargetForm.PADDED ? new NDList(ids) : new NDList(ids, lengths);
    }

    NDList predictions(NDManager manager, DataType type, EmissionLayout layout) {
        boolean batchMajor = layout == EmissionLayout.BATCH_MAJOR;
        double[] values = new double[size * frames * classes];
        int i = 0;
        for (int outer = 0; outer < (batchMajor ? size : frames); outer++) {
            for (int inner = 0; inner < (batchMajor ? frames : size); inner++) {
                double[] frame = batchMajor ? logits[outer][inner] : logits[inner][outer];
                System.arraycopy(frame, 0, values, i, classes);
                i += classes;
            }
        }
        Shape shape =
                batchMajor ? new Shape(size, frames, classes) : new Shape(frames, size, classes);
        long[] lengths = Arrays.stream(inputLengths).mapToLong(length -> length).toArray();
        return new NDList(
                manager.create(values, shape).toType(type, false), manager.create(lengths));
    }

    @Override
    public String toString() {
        return "blank "
                + blank
                + ", input lengths "
                + Arrays.toString(inputLengths)
                + ", targets "
                + Arrays.deepToString(targets)
                + " "
                + form
                + ", logits "
                + Arrays.deepToString(logits);
    }
}
