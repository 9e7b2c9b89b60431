package io.github.djlctc.serving;

import ai.djl.Model;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;

import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Makes translators from the features of a sample to its text, as {@link CtcArguments} say.
 *
 * <p>Inputs are {@code float[][]}, frames (T, F); {@link NDList}, whose first array are features of
 * any shape; and {@link Input}, to {@link Output}, for servers. The results of the former two are
 * {@link Hypothesis} or {@link BeamSearchResult}.
 *
 * <p>Name it as {@code translatorFactory} in {@code serving.properties}, or give it to {@link
 * ai.djl.repository.zoo.Criteria.Builder#optTranslatorFactory}. An argument or file that is wrong
 * is an {@link IllegalArgumentException} when the model is loaded.
 */
public final class CtcTranslatorFactory implements TranslatorFactory {

    private static final Set<Pair<Type, Type>> TYPES =
            Set.of(
                    new Pair<>(float[][].class, Hypothesis.class),
                    new Pair<>(float[][].class, BeamSearchResult.class),
                    new Pair<>(NDList.class, Hypothesis.class),
                    new Pair<>(NDList.class, BeamSearchResult.class),
                    new Pair<>(Input.class, Output.class));

    private static final FeatureFunction<float[][]> ROWS = SampleFeatures::ofRows;

    private static final FeatureFunction<NDList> FIRST_ARRAY =
            (manager, list) -> {
                if (list.isEmpty()) {
                    throw new IllegalArgumentException("the list of features holds no array");
                }
                return SampleFeatures.copy(manager, list.head());
            };

    /** Creates the factory, as DJL does by its name. */
    public CtcTranslatorFactory() {}

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return TYPES;
    }

    /**
     * Makes a translator.
     *
     * @param input the type of the inputs
     * @param output the type of the results
     * @param model the model, loaded
     * @param arguments those of the model
     * @throws IllegalArgumentException if the types are not supported, or an argument or a file
     *     that it names is wrong
     */
    @Override
    @SuppressWarnings("unchecked")
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        if (!isSupported(input, output)) {
            throw new IllegalArgumentException(
                    "from %s to %s: supported are %s"
                            .formatted(input.getTypeName(), output.getTypeName(), TYPES));
        }
        CtcArguments read = CtcArguments.of(arguments, model);
        if (input == Input.class) {
            return (Translator<I, O>) CtcServingTranslator.of(read);
        }
        return input == NDList.class
                ? (Translator<I, O>) read.translatorTo(output, FIRST_ARRAY)
                : (Translator<I, O>) read.translatorTo(output, ROWS);
    }
}
