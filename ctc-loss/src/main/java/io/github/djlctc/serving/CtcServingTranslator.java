package io.github.djlctc.serving;

import ai.djl.Model;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.ServingTranslator;
import ai.djl.translate.TranslatorContext;

import io.github.djlctc.batch.FeatureFunction;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers the requests of a server, such as DJL Serving, by any CTC model: from {@link Input} to
 * {@link Output}.
 *
 * <p>A request holds the features of one sample, (T, F), in one of these forms, unless a {@link
 * FeatureFunction} takes something else out of it, such as a sound:
 *
 * <ul>
 *   <li>JSON in UTF-8: a list of frames, each a list of F numbers, or an object that has this list
 *       as {@code features}
 *   <li>the bytes of a {@code .npy} file, of float32, or of float64 which becomes float32, of any
 *       shape and order
 *   <li>an {@link NDArray}, or the first of an {@link NDList}, of the same JVM
 * </ul>
 *
 * <p>The answer is a JSON object: {@code text}, {@code score}, and {@code words}, each with its
 * {@code word}, {@code start} and {@code end} (frames, or seconds with {@code ctc.secondsPerFrame})
 * and {@code confidence}; {@code nbest} if there is more than one hypothesis, and {@code hotwords}
 * if there are any. A request whose features cannot be computed is answered with code 400 and an
 * object with {@code error}; the others of its batch are answered all the same.
 *
 * <p>Safe for use by many threads once it has its arguments.
 */
public final class CtcServingTranslator implements ServingTranslator {

    private final FeatureFunction<Input> features;
    private Map<String, ?> arguments = Map.of();
    private volatile RequestTranslator translator;

    /** Creates a translator of features, whose arguments are still to be {@link #setArguments}. */
    public CtcServingTranslator() {
        features = new RequestFeatures();
    }

    private CtcServingTranslator(FeatureFunction<Input> features, RequestTranslator translator) {
        this.features = features;
        this.translator = translator;
    }

    /**
     * Creates a translator of features, whose arguments are read.
     *
     * @param arguments the arguments
     * @return the translator
     * @throws IllegalArgumentException if a value is out of its range
     */
    public static CtcServingTranslator of(CtcArguments arguments) {
        Objects.requireNonNull(arguments, "arguments");
        return of(arguments, new RequestFeatures());
    }

    /**
     * Creates a translator whose arguments are read.
     *
     * @param arguments the arguments
     * @param features computes the features of a request; an {@link IllegalArgumentException} or
     *     {@link IOException} of it becomes an answer with code 400
     * @return the translator
     * @throws IllegalArgumentException if a value is out of its range
     */
    public static CtcServingTranslator of(CtcArguments arguments, FeatureFunction<Input> features) {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(features, "features");
        return new CtcServingTranslator(features, new RequestTranslator(arguments, features));
    }

    @Override
    public void setArguments(Map<String, ?> arguments) {
        this.arguments = Map.copyOf(arguments);
        translator = null;
    }

    /**
     * Returns what answers with whole results in place of JSON, for callers in this JVM: {@code
     * ((CtcServingTranslator) model.getTranslator()).toOutcomes(model)} of a model that {@link
     * ai.djl.repository.zoo.Criteria} loaded.
     *
     * @param model the model that it is for, loaded
     * @return the translator of the same features and decoder
     * @throws IllegalArgumentException if an argument or a file that it names is wrong
     */
    public synchronized RequestTranslator toOutcomes(Model model) {
        Objects.requireNonNull(model, "model");
        if (translator == null) {
            translator = new RequestTranslator(CtcArguments.of(arguments, model), features);
        }
        return translator;
    }

    /**
     * Reads what the arguments name, unless this was done before.
     *
     * @param context the context
     * @throws IllegalArgumentException if an argument or a file that it names is wrong
     */
    @Override
    public void prepare(TranslatorContext context) {
        toOutcomes(context.getModel());
    }

    @Override
    public Batchifier getBatchifier() {
        RequestTranslator prepared = translator;
        return prepared == null ? Batchifier.STACK : prepared.getBatchifier();
    }

    /**
     * Computes the features of one request, without a batch dimension. DJL's predictor calls {@link
     * #batchProcessInput}.
     *
     * @param context the context
     * @param input the request
     * @return the features
     * @throws Exception if they cannot be computed
     */
    @Override
    public NDList processInput(TranslatorContext context, Input input) throws Exception {
        return translator.processInput(context, input);
    }

    @Override
    public Output processOutput(TranslatorContext context, NDList output) throws Exception {
        return json().answer(translator.processOutput(context, output));
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Input> inputs)
            throws Exception {
        return translator.batchProcessInput(context, inputs);
    }

    @Override
    public List<Output> batchProcessOutput(TranslatorContext context, NDList output)
            throws Exception {
        AnswerJson json = json();
        return translator.batchProcessOutput(context, output).stream().map(json::answer).toList();
    }

    private AnswerJson json() {
        return new AnswerJson(translator.secondsPerFrame());
    }
}
