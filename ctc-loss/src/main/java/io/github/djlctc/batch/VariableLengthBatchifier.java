package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.Batchifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A {@link Batchifier} that pads samples to the longest of their batch and appends their valid
 * lengths.
 *
 * <p>Declare the dimensions that vary; all other dimensions, and arrays of which no dimension is
 * declared, must be equal in all samples. The batch holds, in this order, each array with a leading
 * batch dimension N, then one int64 array of shape (N) with the valid lengths for each declared
 * dimension in order of declaration:
 *
 * <pre>{@code
 * features = VariableLengthBatchifier.forFeatures(); // samples (T, F)  -> [(N, T, F), lengths (N)]
 * targets = VariableLengthBatchifier.forTargets();   // samples (S)     -> [(N, S), lengths (N)]
 * images = VariableLengthBatchifier.builder()        // samples (C, H, W)
 *         .addPad(0, 1, 0f)
 *         .addPad(0, 2, 0f)
 *         .build();                        // -> [(N, C, H, W), heights (N), widths (N)]
 * }</pre>
 *
 * <p>Lengths may be 0: a batch of empty targets has the shape (N, 0). Arrays keep the names that
 * they have in the first sample. Data types: float16, float32, float64, int8, int32, int64, uint8
 * and boolean.
 *
 * <p>Each array of the batch is allocated once, on the device of the first array of the first
 * sample, and attached to that array's manager; nothing else is left behind. The samples are not
 * changed or closed.
 *
 * <p>Instances are immutable and may be used by several threads, such as those of a prefetching
 * data set.
 */
public final class VariableLengthBatchifier implements Batchifier {

    private static final long serialVersionUID = 1L;

    /** The padded dimensions, in order of declaration. */
    private final Padding[] paddings;

    /** What padded sizes are rounded up to a multiple of. */
    private final int multiple;

    private VariableLengthBatchifier(Builder builder) {
        paddings = builder.paddings.toArray(Padding[]::new);
        multiple = builder.multiple;
    }

    /**
     * Returns a batchifier of feature matrices: the first dimension (frames) of the first array is
     * padded with 0.
     *
     * @return a batchifier from samples (T, ...) to batches [(N, T, ...), lengths (N)]
     */
    public static VariableLengthBatchifier forFeatures() {
        return builder().addPad(0, 0, 0f).build();
    }

    /**
     * Returns a batchifier of label sequences: the first dimension of the first array is padded
     * with -1, which is no class.
     *
     * @return a batchifier from samples (S) to batches [(N, S), lengths (N)]
     */
    public static VariableLengthBatchifier forTargets() {
        return builder().addPad(0, 0, -1f).build();
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Pads and stacks samples.
     *
     * @param inputs the samples, at least one, each with the same number of arrays
     * @return the stacked arrays, then one int64 array (N) of valid lengths for each declared
     *     dimension
     * @throws IllegalArgumentException if there is no sample; if samples differ in the number of
     *     arrays, or their arrays in data type, number of dimensions or in a dimension that is not
     *     declared; if a declared array or dimension does not exist; if a data type is not
     *     supported or cannot hold the padding value
     */
    @Override
    public NDList batchify(NDList[] inputs) {
        Objects.requireNonNull(inputs, "inputs");
        new SampleAgreement(inputs, paddings).check();
        SampleStack samples = new SampleStack(inputs, paddings, multiple);
        NDArray first = inputs[0].head();
        NDManager manager = first.getManager();
        try (NDManager scratch = manager.newSubManager(first.getDevice())) {
            NDList batch = new NDList(inputs[0].size() + paddings.length);
            for (int array = 0; array < inputs[0].size(); array++) {
                batch.add(samples.stack(scratch, array));
            }
            for (Padding padding : paddings) {
                batch.add(scratch.create(samples.lengths(padding)));
            }
            batch.attach(manager);
            return batch;
        }
    }

    /**
     * Takes a batch apart into its samples, without their padding and without the arrays of valid
     * lengths.
     *
     * <p>The samples are views of the batch's memory. The batch may also be the output of a model
     * that keeps the order of arrays and lengths, such as [logits (N, T, C), lengths (N)].
     *
     * @param inputs the arrays of the batch, followed by one int64 array (N) of valid lengths for
     *     each declared dimension
     * @return the N samples
     * @throws IllegalArgumentException if arrays are missing, differ in N, or hold lengths that do
     *     not fit
     */
    @Override
    public NDList[] unbatchify(NDList inputs) {
        Objects.requireNonNull(inputs, "inputs");
        PaddedBatch batch = PaddedBatch.of(inputs, paddings);
        NDList[] samples = new NDList[batch.size()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = batch.sample(i);
        }
        return samples;
    }

    /**
     * Cuts a batch into contiguous parts of nearly equal numbers of samples.
     *
     * <p>Each part is trimmed to its own longest sample (rounded up as the whole batch is), unless
     * {@code evenSplit} asks for parts of one shape: these keep the padding of the whole batch. The
     * parts are views of the batch's memory.
     *
     * @param list the arrays of the batch, followed by the arrays of valid lengths
     * @param numOfSlices the number of parts, at least 1; a batch of fewer samples gives one part
     *     for each sample
     * @param evenSplit whether all parts must have the same shape
     * @return the parts, each like the result of {@link #batchify(NDList[])}
     * @throws IllegalArgumentException if {@code evenSplit} is set and the parts cannot be equal,
     *     if {@code numOfSlices} is not positive, or the list is not such a batch
     */
    @Override
    public NDList[] split(NDList list, int numOfSlices, boolean evenSplit) {
        Objects.requireNonNull(list, "list");
        if (numOfSlices < 1) {
            throw new IllegalArgumentException("numOfSlices must be positive: " + numOfSlices);
        }
        PaddedBatch batch = PaddedBatch.of(list, paddings);
        int parts = Math.min(numOfSlices, batch.size());
        if (evenSplit && batch.size() % parts != 0) {
            throw new IllegalArgumentException(
                    batch.size() + " samples cannot be split into " + parts + " equal parts");
        }
        NDList[] slices = new NDList[parts];
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) i * batch.size() / parts);
            int to = (int) ((long) (i + 1) * batch.size() / parts);
            slices[i] = evenSplit ? batch.part(from, to) : batch.trimmedPart(from, to, multiple);
        }
        return slices;
    }

    /** Builds a {@link VariableLengthBatchifier}. */
    public static final class Builder {

        private final List<Padding> paddings = new ArrayList<>();
        private int multiple = 1;

        private Builder() {}

        /**
         * Declares a dimension that varies between samples and is padded.
         *
         * @param array the position of the array in a sample's list, from 0
         * @param dimension the dimension of the array in a sample, which has no batch dimension,
         *     from 0
         * @param paddingValue what to pad with; the same for all dimensions of an array, and a
         *     value that the array's data type can hold (whole, and at most 2^24, for integers)
         * @return this builder
         * @throws IllegalArgumentException if array or dimension is negative, if the dimension has
         *     been declared before, or if another dimension of the array has another padding value
         */
        public Builder addPad(int array, int dimension, float paddingValue) {
            Padding added = new Padding(array, dimension, paddingValue);
            for (Padding padding : paddings) {
                if (padding.array() != array) {
                    continue;
                }
                if (padding.dimension() == dimension) {
                    throw new IllegalArgumentException(
                            "dimension " + dimension + " of array " + array + " is declared twice");
                }
                if (Float.compare(padding.value(), paddingValue) != 0) {
                    throw new IllegalArgumentException(
                            String.format(
                                    "array %d has one padding value for all its dimensions, but %s"
                                            + " and %s are declared",
                                    array, padding.value(), paddingValue));
                }
            }
            paddings.add(added);
            return this;
        }

        /**
         * Rounds all padded sizes up to a multiple, such as 8 for tensor cores or the subsampling
         * factor of a model; 1 by default. The valid lengths are not rounded.
         *
         * @param multiple the multiple, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the multiple is not positive
         */
        public Builder optMultipleOf(int multiple) {
            if (multiple < 1) {
                throw new IllegalArgumentException("multiple must be positive: " + multiple);
            }
            this.multiple = multiple;
            return this;
        }

        /**
         * Builds the batchifier.
         *
         * @return the batchifier
         * @throws IllegalArgumentException if no dimension has been declared
         */
        public VariableLengthBatchifier build() {
            if (paddings.isEmpty()) {
                throw new IllegalArgumentException(
                        "no dimension is declared to be padded: call addPad, or use Batchifier.STACK");
            }
            return new VariableLengthBatchifier(this);
        }
    }
}
