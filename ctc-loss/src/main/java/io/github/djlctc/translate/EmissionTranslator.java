package io.github.djlctc.translate;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;

import java.util.List;
import java.util.function.Function;

/**
 * What the translators share: the way from inputs to a batch of features, and from the output of
 * the model to results.
 *
 * @param <I> the type of the inputs
 * @param <R> the type of the results
 */
abstract sealed class EmissionTranslator<I, R> implements Translator<I, R>
        permits CtcTranslator, CtcNBestTranslator {

    private final EmissionPipeline<I> pipeline;
    private final Function<EmissionBatch, List<R>> decoder;

    EmissionTranslator(EmissionPipeline<I> pipeline, Function<EmissionBatch, List<R>> decoder) {
        this.pipeline = pipeline;
        this.decoder = decoder;
    }

    /**
     * Returns what pads samples. The output of a batch is decoded by {@link #batchProcessOutput}
     * only.
     *
     * @return the batchifier
     */
    @Override
    public final Batchifier getBatchifier() {
        return new PipelineBatchifier(pipeline);
    }

    /**
     * Computes the features of one input, without a batch dimension. DJL's predictor calls {@link
     * #batchProcessInput}.
     *
     * @param context the context
     * @param input the input
     * @return the features
     * @throws Exception if the features cannot be computed
     */
    @Override
    public final NDList processInput(TranslatorContext context, I input) throws Exception {
        return pipeline.feedOne(context, input);
    }

    /**
     * Decodes the output of the model for the input that {@link #processInput} was last given.
     *
     * @param context the context
     * @param output the emissions with a batch dimension of 1, and the length if the model has one
     * @return the result
     */
    @Override
    public final R processOutput(TranslatorContext context, NDList output) {
        return decoder.apply(pipeline.emissions(context, output)).get(0);
    }

    /**
     * Computes the features of inputs, pads and stacks them, and adds what tells the model their
     * lengths.
     *
     * @param context the context
     * @param inputs the inputs, none or more
     * @return what the model takes; nothing for no input
     * @throws IllegalArgumentException if the features of an input have no step in time, or those
     *     of several differ in another dimension or in type
     * @throws Exception if the features cannot be computed
     */
    @Override
    public final NDList batchProcessInput(TranslatorContext context, List<I> inputs)
            throws Exception {
        return pipeline.feed(context, inputs);
    }

    /**
     * Decodes the output of the model for the inputs that the context was last given.
     *
     * @param context the context
     * @param output the emissions (N, T, C), or (T, N, C) if so set, and the lengths (N) if the
     *     model has some
     * @return the results in the order of the inputs
     * @throws IllegalArgumentException if the output does not fit to the inputs or the alphabet, or
     *     which frames are valid is not known
     * @throws io.github.djlctc.emission.InvalidEmissionException if a frame has no best class,
     *     because of NaN or infinity
     */
    @Override
    public final List<R> batchProcessOutput(TranslatorContext context, NDList output) {
        return EmissionPipeline.isEmpty(context)
                ? List.of()
                : decoder.apply(pipeline.emissions(context, output));
    }
}
