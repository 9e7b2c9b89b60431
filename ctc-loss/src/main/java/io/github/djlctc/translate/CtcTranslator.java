package io.github.djlctc.translate;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;

import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Makes a text of an input by any CTC model that DJL runs: computes the features, pads those of a
 * batch, and decodes what the model puts out.
 *
 * <p>Features and emissions pass through the memory of the host where the engine has no operators
 * of its own, so that ONNX Runtime needs no second engine. The text of an input is the same alone
 * and in a batch if the model heeds its lengths; see {@link LengthsInput#NONE}.
 *
 * <p>The valid frames of the emissions are those that the model says, in a second output (N) of
 * int64 or int32. If it has none, they are computed by {@link Builder#optSubsampling}, or are those
 * of the features if there are as many frames; where nothing is padded, all frames are valid.
 * Anything else is an error.
 *
 * <p>Immutable and safe for use by many threads: predictors may share a translator, and so its
 * decoder and language model.
 *
 * @param <I> the type of the inputs
 */
public final class CtcTranslator<I> extends EmissionTranslator<I, Hypothesis> {

    private CtcTranslator(EmissionPipeline<I> pipeline, BatchDecoder decoder) {
        super(pipeline, decoder::decodeBatch);
    }

    /**
     * Creates a builder.
     *
     * @param <I> the type of the inputs
     * @return a new builder
     */
    public static <I> Builder<I> builder() {
        return new Builder<>();
    }

    /**
     * Builds a {@link CtcTranslator} or a {@link CtcNBestTranslator}.
     *
     * @param <I> the type of the inputs
     */
    public static final class Builder<I> {

        private FeatureFunction<I> features;
        private CTCDecoder decoder;
        private int timeDimension;
        private float paddingValue;
        private int multiple = 1;
        private LengthsInput lengths = LengthsInput.INT64;
        private Optional<IntUnaryOperator> subsampling = Optional.empty();
        private EmissionLayout layout = EmissionLayout.BATCH_MAJOR;
        private int threads = 1;

        private Builder() {}

        /**
         * Sets what computes the features of an input.
         *
         * @param features gives an array without a batch dimension; all dimensions but the padded
         *     one are alike for all inputs
         * @return this builder
         */
        public Builder<I> setFeatures(FeatureFunction<I> features) {
            this.features = Objects.requireNonNull(features, "features");
            return this;
        }

        /**
         * Sets what finds the text.
         *
         * @param decoder a greedy decoder, a beam search, or another
         * @return this builder
         */
        public Builder<I> setDecoder(CTCDecoder decoder) {
            this.decoder = Objects.requireNonNull(decoder, "decoder");
            return this;
        }

        /**
         * Sets the dimension of the features that goes on with time, which is padded in batches.
         *
         * @param dimension from 0, without the batch dimension; 0 by default, as in frames (T, F),
         *     and 2 for images (3, H, W)
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder<I> optTimeDimension(int dimension) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "the dimension of time must be 0 or more, but is " + dimension);
            }
            timeDimension = dimension;
            return this;
        }

        /**
         * Sets what features are padded with.
         *
         * @param value a number that their data type can hold, 0 by default
         * @return this builder
         * @throws IllegalArgumentException if it is NaN
         */
        public Builder<I> optPaddingValue(float value) {
            if (Float.isNaN(value)) {
                throw new IllegalArgumentException("the padding must be a number, but is NaN");
            }
            paddingValue = value;
            return this;
        }

        /**
         * Rounds the padded length up, for models that take multiples only.
         *
         * @param multiple 1 or more, 1 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder<I> optPadToMultipleOf(int multiple) {
            if (multiple < 1) {
                throw new IllegalArgumentException(
                        "the padded length must be a multiple of 1 or more, but is one of "
                                + multiple);
            }
            this.multiple = multiple;
            return this;
        }

        /**
         * Sets how the model is told the valid lengths.
         *
         * @param lengths {@link LengthsInput#INT64} by default
         * @return this builder
         */
        public Builder<I> optLengths(LengthsInput lengths) {
            this.lengths = Objects.requireNonNull(lengths, "lengths");
            return this;
        }

        /**
         * Sets the subsampling of a model that puts out no lengths, as a factor.
         *
         * @param factor how many steps of the features make a frame, the last one maybe of fewer
         * @return this builder
         */
        public Builder<I> optSubsampling(int factor) {
            if (factor < 1) {
                throw new IllegalArgumentException(
                        "the subsampling must be 1 or more, but is " + factor);
            }
            return optSubsampling(steps -> (steps + factor - 1) / factor);
        }

        /**
         * Sets the subsampling of a model that puts out no lengths, as a function.
         *
         * @param frames gives the frames of the emissions for the steps of the features, as the
         *     model rounds; it is checked for each batch with the steps that it is padded to
         * @return this builder
         */
        public Builder<I> optSubsampling(IntUnaryOperator frames) {
            Objects.requireNonNull(frames, "frames");
            subsampling = Optional.of(frames);
            return this;
        }

        /**
         * Sets the order of the dimensions of the emissions.
         *
         * @param layout {@link EmissionLayout#BATCH_MAJOR} by default
         * @return this builder
         */
        public Builder<I> optLayout(EmissionLayout layout) {
            this.layout = Objects.requireNonNull(layout, "layout");
            return this;
        }

        /**
         * Sets how many threads decode a batch.
         *
         * @param threads 1 or more, 1 by default: enough where several predictors share the machine
         * @return this builder
         * @throws IllegalArgumentException if there is not one thread
         */
        public Builder<I> optThreads(int threads) {
            BatchDecoder.checkThreads(threads);
            this.threads = threads;
            return this;
        }

        /**
         * Creates the translator to the best hypothesis.
         *
         * @return the translator
         * @throws NullPointerException if the features or the decoder are missing
         * @throws IllegalArgumentException if a number is out of its range
         */
        public CtcTranslator<I> build() {
            return new CtcTranslator<>(pipeline(), BatchDecoder.of(decoder, threads));
        }

        /**
         * Creates the translator to the n-best list and the outcomes of the hotwords.
         *
         * @return the translator
         * @throws NullPointerException if the features or the decoder are missing
         * @throws IllegalArgumentException if a number is out of its range, or the decoder is no
         *     beam search
         */
        public CtcNBestTranslator<I> buildNBest() {
            EmissionPipeline<I> pipeline = pipeline();
            if (!(decoder instanceof BeamSearchDecoder beamSearch)) {
                throw new IllegalArgumentException(
                        "an n-best list needs a BeamSearchDecoder, but the decoder is a "
                                + decoder.getClass().getSimpleName());
            }
            return new CtcNBestTranslator<>(
                    pipeline, new BeamSearchBatchDecoder(beamSearch, threads));
        }

        private EmissionPipeline<I> pipeline() {
            Objects.requireNonNull(features, "setFeatures was not called");
            Objects.requireNonNull(decoder, "setDecoder was not called");
            return new EmissionPipeline<>(
                    features,
                    timeDimension,
                    multiple,
                    VariableLengthBatchifier.builder()
                            .addPad(0, timeDimension, paddingValue)
                            .optMultipleOf(multiple)
                            .build(),
                    lengths,
                    subsampling,
                    layout,
                    decoder.alphabet());
        }
    }
}
