package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslatorContext;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * What is before and after a model: inputs become a padded batch of features, and its output
 * emissions with their valid frames.
 *
 * @param features computes the features of an input
 * @param timeDimension the dimension of the features that is padded, without the batch dimension
 * @param multiple what it is padded to a multiple of
 * @param batchifier pads it
 * @param lengths how the model is told what is padding
 * @param subsampling from the valid steps of the features to those of the emissions, if it is known
 * @param layout the order of the dimensions of the emissions
 * @param alphabet the classes of the emissions
 * @param <I> the type of the inputs
 */
record EmissionPipeline<I>(
        FeatureFunction<I> features,
        int timeDimension,
        int multiple,
        VariableLengthBatchifier batchifier,
        LengthsInput lengths,
        Optional<IntUnaryOperator> subsampling,
        EmissionLayout layout,
        Alphabet alphabet) {

    private static final String FED = "io.github.djlctc.translate.fed";

    /**
     * Computes the features of one input.
     *
     * @return the features without a batch dimension
     */
    NDList feedOne(TranslatorContext context, I input) throws Exception {
        NDArray array = features(context.getNDManager(), input, 0);
        long steps = array.getShape().get(timeDimension);
        long padded = (steps + multiple - 1) / multiple * multiple;
        context.setAttachment(FED, new FedBatch(new long[] {steps}, padded));
        return new NDList(array);
    }

    /** Computes the features of inputs, and gives the model a batch of them. */
    NDList feed(TranslatorContext context, List<I> inputs) throws Exception {
        NDManager manager = context.getNDManager();
        NDList[] samples = new NDList[inputs.size()];
        for (int sample = 0; sample < samples.length; sample++) {
            samples[sample] = new NDList(features(manager, inputs.get(sample), sample));
        }
        if (samples.length == 0) {
            context.setAttachment(FED, FedBatch.empty());
            return new NDList();
        }
        NDList batch = batch(samples);
        batch.attach(manager);
        context.setAttachment(FED, new FedBatch(validSteps(samples), paddedSteps(batch)));
        for (NDList sample : samples) {
            sample.close();
        }
        return batch;
    }

    private NDArray features(NDManager manager, I input, int sample) throws Exception {
        NDArray array = features.apply(manager, input);
        Shape shape = array.getShape();
        if (shape.dimension() <= timeDimension || shape.size() == 0) {
            array.close();
            throw new IllegalArgumentException(
                    "sample %d: the features have the shape %s, but a shape with at least one step in dimension %d (time, counted from 0, without the batch) is needed"
                            .formatted(sample, shape, timeDimension));
        }
        return array;
    }

    /** Pads and stacks samples, and adds what tells the model their lengths. */
    NDList batch(NDList[] samples) {
        for (int sample = 1; sample < samples.length; sample++) {
            checkAlike(samples[0].head(), samples[sample].head(), sample);
        }
        NDList padded = batchifier.batchify(samples);
        padded.get(1).close();
        NDList batch = new NDList(padded.head());
        if (lengths != LengthsInput.NONE) {
            NDManager manager = batch.head().getManager();
            batch.add(lengths.create(manager, validSteps(samples), paddedSteps(batch)));
        }
        return batch;
    }

    private void checkAlike(NDArray first, NDArray array, int sample) {
        long[] expected = first.getShape().getShape().clone();
        long[] sizes = array.getShape().getShape().clone();
        if (timeDimension < Math.min(sizes.length, expected.length)) {
            expected[timeDimension] = sizes[timeDimension];
        }
        if (!Arrays.equals(sizes, expected) || array.getDataType() != first.getDataType()) {
            throw new IllegalArgumentException(
                    "sample %d: the features are %s %s, but those of sample 0 are %s %s; in a batch they may differ in dimension %d (time, counted from 0) only: see optTimeDimension"
                            .formatted(
                                    sample,
                                    array.getDataType(),
                                    array.getShape(),
                                    first.getDataType(),
                                    first.getShape(),
                                    timeDimension));
        }
    }

    private long[] validSteps(NDList[] samples) {
        return Arrays.stream(samples)
                .mapToLong(sample -> sample.head().getShape().get(timeDimension))
                .toArray();
    }

    private long paddedSteps(NDList batch) {
        return batch.head().getShape().get(timeDimension + 1);
    }

    /**
     * Checks the output of the model, for the inputs that the context was last given.
     *
     * @param output the emissions, and the lengths if the model has some
     */
    EmissionBatch emissions(TranslatorContext context, NDList output) {
        FedBatch fed = fed(context);
        if (output.isEmpty()) {
            throw new IllegalArgumentException("the model has put out no array");
        }
        NDArray emissions = output.head();
        int frames = EmissionBatch.frames(emissions, layout, alphabet);
        int samples = EmissionBatch.samples(emissions, layout);
        if (samples != fed.size()) {
            throw new IllegalArgumentException(
                    "the model was given %d samples, but its emissions %s hold %d; is the order of their dimensions another than %s?"
                            .formatted(fed.size(), emissions.getShape(), samples, layout));
        }
        return EmissionBatch.of(emissions, validFrames(fed, output, frames), layout, alphabet);
    }

    private long[] validFrames(FedBatch fed, NDList output, int frames) {
        if (output.size() > 1 && areLengths(output.get(1), fed.size())) {
            return HostArrays.readLongs(output.get(1));
        }
        return subsampling
                .map(function -> fed.validFrames(function, frames))
                .orElseGet(() -> fed.validFrames(frames));
    }

    private static boolean areLengths(NDArray array, int samples) {
        return array.getShape().equals(new Shape(samples))
                && (array.getDataType() == DataType.INT64 || array.getDataType() == DataType.INT32);
    }

    /** Tells whether the context was last given no input. */
    static boolean isEmpty(TranslatorContext context) {
        return fed(context).size() == 0;
    }

    private static FedBatch fed(TranslatorContext context) {
        return (FedBatch) context.getAttachment(FED);
    }
}
