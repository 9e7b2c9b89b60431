package io.github.djlctc.serving;

import ai.djl.modality.Input;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;

import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.translate.CtcTranslator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Recognises what requests to a served model hold, for callers in this JVM: as {@link
 * CtcServingTranslator} answers them, but with whole results in place of JSON.
 *
 * <p>Made by {@link CtcServingTranslator#toOutcomes}. A request whose features cannot be computed
 * is {@linkplain RequestOutcome.Refused refused}; the others of its batch are recognised all the
 * same.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class RequestTranslator implements Translator<Input, RequestOutcome> {

    private static final String REFUSALS = "io.github.djlctc.serving.refusals";

    private final FeatureFunction<Input> features;
    private final Recogniser<?> recogniser;
    private final OptionalDouble secondsPerFrame;

    RequestTranslator(CtcArguments arguments, FeatureFunction<Input> features) {
        this.features = features;
        recogniser = Recogniser.of(arguments);
        secondsPerFrame = arguments.secondsPerFrame();
    }

    /**
     * Returns the duration of a frame of the emissions.
     *
     * @return seconds, above 0; nothing if no argument of the model says it
     */
    public OptionalDouble secondsPerFrame() {
        return secondsPerFrame;
    }

    @Override
    public Batchifier getBatchifier() {
        return recogniser.translator().getBatchifier();
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
        NDArray array = features.apply(context.getNDManager(), input);
        return recogniser.translator().processInput(context, array);
    }

    @Override
    public RequestOutcome processOutput(TranslatorContext context, NDList output) throws Exception {
        return recogniser.outcomes(context, output).get(0);
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Input> inputs)
            throws Exception {
        List<NDArray> usable = new ArrayList<>();
        List<RequestOutcome> refusals = new ArrayList<>();
        for (Input input : inputs) {
            RequestOutcome refusal = null;
            try {
                usable.add(features.apply(context.getNDManager(), input));
            } catch (IllegalArgumentException | IOException e) {
                refusal = new RequestOutcome.Refused(reason(e));
            }
            refusals.add(refusal);
        }
        context.setAttachment(REFUSALS, refusals);
        return recogniser.translator().batchProcessInput(context, usable);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    @Override
    public List<RequestOutcome> batchProcessOutput(TranslatorContext context, NDList output)
            throws Exception {
        List<RequestOutcome> ofUsable = recogniser.outcomes(context, output);
        List<RequestOutcome> all = new ArrayList<>();
        int next = 0;
        for (Object refusal : (List<?>) context.getAttachment(REFUSALS)) {
            all.add(refusal == null ? ofUsable.get(next++) : (RequestOutcome) refusal);
        }
        return all;
    }

    /**
     * Recognises samples whose features are computed.
     *
     * @param translator from features to what the decoder gives
     * @param result makes a result of that
     * @param <R> what the decoder gives
     */
    private record Recogniser<R>(
            Translator<NDArray, R> translator, Function<R, BeamSearchResult> result) {

        static Recogniser<?> of(CtcArguments arguments) {
            CtcTranslator.Builder<NDArray> builder =
                    arguments.translator((manager, features) -> features);
            if (arguments.decoder() instanceof BeamSearchDecoder) {
                return new Recogniser<>(builder.buildNBest(), result -> result);
            }
            return new Recogniser<Hypothesis>(
                    builder.build(),
                    hypothesis -> new BeamSearchResult(List.of(hypothesis), List.of()));
        }

        List<RequestOutcome> outcomes(TranslatorContext context, NDList output) throws Exception {
            List<RequestOutcome> outcomes = new ArrayList<>();
            for (R decoded : translator.batchProcessOutput(context, output)) {
                outcomes.add(new RequestOutcome.Recognised(result.apply(decoded)));
            }
            return outcomes;
        }
    }
}
