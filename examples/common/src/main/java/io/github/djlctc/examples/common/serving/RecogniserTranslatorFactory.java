package io.github.djlctc.examples.common.serving;

import ai.djl.Model;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;

import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.serving.CtcArguments;
import io.github.djlctc.serving.CtcServingTranslator;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Makes translators of an exported model, by the features that it was trained on and what {@link
 * CtcArguments} say.
 *
 * <p>Inputs are a {@link Path}, the file of a sample; the sample as DJL has it in memory; and
 * {@link Input}, to {@link Output}, whose first part, or that with the key {@code data}, are the
 * bytes of such a file. The results of the former two are {@link Hypothesis} or, of a beam search,
 * {@link BeamSearchResult}. A file that cannot be used is an error of its batch; a request is
 * answered with code 400.
 *
 * @param <S> the type of a sample in memory
 */
public abstract class RecogniserTranslatorFactory<S> implements TranslatorFactory {

    private final Class<S> sample;
    private final Set<Pair<Type, Type>> types;

    /**
     * Creates the factory.
     *
     * @param sample the type of a sample in memory
     */
    protected RecogniserTranslatorFactory(Class<S> sample) {
        this.sample = sample;
        types =
                Set.of(
                        new Pair<>(Path.class, Hypothesis.class),
                        new Pair<>(Path.class, BeamSearchResult.class),
                        new Pair<>(sample, Hypothesis.class),
                        new Pair<>(sample, BeamSearchResult.class),
                        new Pair<>(Input.class, Output.class));
    }

    /**
     * Makes what computes the features.
     *
     * @param folder the folder of the model
     * @return the features that it was trained on
     * @throws IOException if a file is missing or damaged
     */
    protected abstract SampleFeatures<S> features(Path folder) throws IOException;

    @Override
    public final Set<Pair<Type, Type>> getSupportedTypes() {
        return types;
    }

    /**
     * Makes a translator.
     *
     * @param input the type of the inputs
     * @param output the type of the results
     * @param model the model, loaded
     * @param arguments those of the model
     * @throws IllegalArgumentException if the types are not supported, an argument is wrong, or a
     *     file is missing or damaged
     */
    @Override
    @SuppressWarnings("unchecked")
    public final <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        if (!isSupported(input, output)) {
            throw new IllegalArgumentException(
                    "from %s to %s: supported are %s"
                            .formatted(input.getTypeName(), output.getTypeName(), types));
        }
        CtcArguments read = CtcArguments.of(arguments, model);
        SampleFeatures<S> features = featuresOf(model);
        if (input == Input.class) {
            FeatureFunction<Input> ofRequest = (manager, request) -> of(features, manager, request);
            return (Translator<I, O>) CtcServingTranslator.of(read, ofRequest);
        }
        return (Translator<I, O>)
                (input == sample
                        ? read.translatorTo(output, features::ofSample)
                        : read.translatorTo(output, features::ofFile));
    }

    private SampleFeatures<S> featuresOf(Model model) {
        try {
            return features(model.getModelPath());
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static NDArray of(SampleFeatures<?> features, NDManager manager, Input request)
            throws IOException {
        if (request.getContent().isEmpty()) {
            throw new IllegalArgumentException("the request has no content; send a file");
        }
        return features.ofContent(manager, request.getData().getAsBytes());
    }
}
