package io.github.djlctc.spark;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;

import io.github.djlctc.examples.speech.serving.SpeechTranslatorFactory;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes the translators of speech models, and keeps what manages the arrays of each model. */
public final class CountingTranslatorFactory implements TranslatorFactory {

    static final List<NDManager> LOADED = new CopyOnWriteArrayList<>();

    private final SpeechTranslatorFactory factory = new SpeechTranslatorFactory();

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return factory.getSupportedTypes();
    }

    @Override
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        LOADED.add(model.getNDManager());
        return factory.newInstance(input, output, model, arguments);
    }
}
