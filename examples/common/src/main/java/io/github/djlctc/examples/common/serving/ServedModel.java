package io.github.djlctc.examples.common.serving;

import java.util.OptionalDouble;

/**
 * What DJL has to know of a model to load and to run it.
 *
 * @param name the name of DJL's model, which the file of its parameters begins with
 * @param blockFactory makes its block
 * @param translatorFactory makes its translators
 * @param secondsPerFrame the duration of a frame of its emissions, if it is one
 */
public record ServedModel(
        String name,
        Class<? extends RecogniserBlockFactory<?>> blockFactory,
        Class<? extends RecogniserTranslatorFactory<?>> translatorFactory,
        OptionalDouble secondsPerFrame) {}
