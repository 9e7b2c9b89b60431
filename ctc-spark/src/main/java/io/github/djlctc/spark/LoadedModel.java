package io.github.djlctc.spark;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Translator;

import io.github.djlctc.serving.CtcServingTranslator;
import io.github.djlctc.serving.RequestOutcome;
import io.github.djlctc.serving.RequestTranslator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A model in this process, and the folder that it was unpacked to. */
final class LoadedModel implements AutoCloseable {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private final ZooModel<Input, Output> model;
    private final RequestTranslator translator;
    private final Path unpacked;

    private LoadedModel(
            ZooModel<Input, Output> model, RequestTranslator translator, Path unpacked) {
        this.model = model;
        this.translator = translator;
        this.unpacked = unpacked;
    }

    /**
     * Loads a model.
     *
     * @throws IOException if it is missing, damaged, or not served by {@link CtcServingTranslator}
     */
    static LoadedModel load(ModelSource source) throws IOException {
        Path file = source.file();
        if (Files.isDirectory(file)) {
            return load(file, source, null);
        }
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such model");
        }
        Path unpacked = TemporaryFolders.create();
        try {
            ModelArchive.unpack(file, unpacked);
            return load(ModelArchive.root(unpacked), source, unpacked);
        } catch (IOException | RuntimeException e) {
            TemporaryFolders.delete(unpacked);
            throw e;
        }
    }

    private static LoadedModel load(Path folder, ModelSource source, Path unpacked)
            throws IOException {
        if (!ModelArchive.isModel(folder)) {
            throw new IOException(
                    source.file()
                            + " is no model to serve: there is no serving.properties in it; see"
                            + " docs/guide/serving.md, or the programs' command export");
        }
        useOneThreadEach();
        try {
            ZooModel<Input, Output> model = criteria(folder, source).loadModel();
            try {
                return new LoadedModel(model, translator(model, source), unpacked);
            } catch (IOException | RuntimeException e) {
                model.close();
                throw e;
            }
        } catch (ModelNotFoundException | MalformedModelException | RuntimeException e) {
            throw new IOException(
                    "the model " + source.file() + " cannot be loaded: " + reason(e), e);
        }
    }

    /** The tasks of an executor are its threads; PyTorch would take all cores for each of them. */
    private static void useOneThreadEach() {
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, "1");
        }
    }

    private static Criteria<Input, Output> criteria(Path folder, ModelSource source) {
        Criteria.Builder<Input, Output> criteria =
                Criteria.builder().setTypes(Input.class, Output.class).optModelPath(folder);
        source.arguments().forEach(criteria::optArgument);
        return criteria.build();
    }

    private static RequestTranslator translator(ZooModel<Input, Output> model, ModelSource source)
            throws IOException {
        Translator<Input, Output> translator = model.getTranslator();
        if (translator instanceof CtcServingTranslator serving) {
            return serving.toOutcomes(model);
        }
        throw new IOException(
                "the model %s is served by %s, but CtcServingTranslator is needed: name %s"
                        .formatted(
                                source.file(),
                                translator == null ? "nothing" : translator.getClass().getName(),
                                "CtcTranslatorFactory as the translatorFactory of its"
                                        + " serving.properties"));
    }

    private static String reason(Throwable e) {
        boolean wraps = e instanceof ModelNotFoundException && e.getCause() != null;
        Throwable cause = wraps ? e.getCause() : e;
        return ErrorReason.of(cause);
    }

    /** Returns the seconds of a frame, or 1 if the model does not say them. */
    double secondsPerFrame() {
        return translator.secondsPerFrame().orElse(1);
    }

    Predictor<Input, RequestOutcome> newPredictor() {
        return model.newPredictor(translator, model.getNDManager().getDevice());
    }

    @Override
    public void close() {
        model.close();
        if (unpacked != null) {
            TemporaryFolders.delete(unpacked);
        }
    }
}
