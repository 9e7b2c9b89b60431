package io.github.djlctc.serving;

import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.translate.CtcTranslator;

import java.util.List;
import java.util.function.Function;

/**
 * Answers for samples whose features are computed.
 *
 * @param translator from features to results
 * @param answer from a result to the answer
 * @param <R> the type of the results
 */
record SampleAnswers<R>(Translator<NDArray, R> translator, Function<R, Output> answer) {

    static SampleAnswers<?> of(CtcArguments arguments) {
        AnswerJson json = new AnswerJson(arguments.secondsPerFrame());
        CtcTranslator.Builder<NDArray> builder =
                arguments.translator((manager, features) -> features);
        if (arguments.decoder() instanceof BeamSearchDecoder) {
            return new SampleAnswers<>(builder.buildNBest(), json::answer);
        }
        return new SampleAnswers<>(builder.build(), json::answer);
    }

    NDList feedOne(TranslatorContext context, NDArray features) throws Exception {
        return translator.processInput(context, features);
    }

    NDList feed(TranslatorContext context, List<NDArray> features) throws Exception {
        return translator.batchProcessInput(context, features);
    }

    List<Output> answers(TranslatorContext context, NDList output) throws Exception {
        return translator.batchProcessOutput(context, output).stream().map(answer).toList();
    }
}
