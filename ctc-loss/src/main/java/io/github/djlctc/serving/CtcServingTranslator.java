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
import java.util.ArrayList;
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

    private static final String REFUSALS = "io.github.djlctc.serving.refusals";

    private final FeatureFunction<Input> features;
    private Map<String, ?> arguments = Map.of();
    private volatile SampleAnswers<?> answers;

    /** Creates a translator of features, whose arguments are still to be {@link #setArguments}. */
    public CtcServingTranslator() {
        features = new RequestFeatures();
    }

    private CtcServingTranslator(FeatureFunction<Input> features, SampleAnswers<?> answers) {
        this.features = features;
        this.answers = answers;
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
        return new CtcServingTranslator(
                Objects.requireNonNull(features, "features"), SampleAnswers.of(arguments));
    }

    @Override
    public void setArguments(Map<String, ?> arguments) {
        this.arguments = Map.copyOf(arguments);
        answers = null;
    }

    /**
     * Reads what the arguments name, unless this was done before.
     *
     * @param context the context
     * @throws IllegalArgumentException if an argument or a file that it names is wrong
     */
    @Override
    public void prepare(TranslatorContext context) {
        prepare(context.getModel());
    }

    private synchronized void prepare(Model model) {
        if (answers == null) {
            answers = SampleAnswers.of(CtcArguments.of(arguments, model));
        }
    }

    @Override
    public Batchifier getBatchifier() {
        SampleAnswers<?> prepared = answers;
        return prepared == null ? Batchifier.STACK : prepared.translator().getBatchifier();
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
        return answers.feedOne(context, features.apply(context.getNDManager(), input));
    }

    @Override
    public Output processOutput(TranslatorContext context, NDList output) throws Exception {
        return answers.answers(context, output).get(0);
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Input> inputs)
            throws Exception {
        List<NDArray> usable = new ArrayList<>();
        List<Output> refusals = new ArrayList<>();
        for (Input input : inputs) {
            Output refusal = null;
            try {
                usable.add(features.apply(context.getNDManager(), input));
            } catch (IllegalArgumentException | IOException e) {
                refusal = AnswerJson.refusal(e.getMessage());
            }
            refusals.add(refusal);
        }
        context.setAttachment(REFUSALS, refusals);
        return answers.feed(context, usable);
    }

    @Override
    public List<Output> batchProcessOutput(TranslatorContext context, NDList output)
            throws Exception {
        List<Output> ofUsable = answers.answers(context, output);
        List<Output> all = new ArrayList<>();
        int next = 0;
        for (Object refusal : (List<?>) context.getAttachment(REFUSALS)) {
            all.add(refusal == null ? ofUsable.get(next++) : (Output) refusal);
        }
        return all;
    }
}
