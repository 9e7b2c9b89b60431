package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.common.train.SampleReader;

import com.google.gson.JsonElement;

import java.util.Map;

/**
 * A model to train, with its data.
 *
 * @param <S> what a sample is
 * @param corpus the data
 * @param model the model, its parameters not initialised; closed at the end
 * @param reader reads the samples; closed at the end
 * @param facts what there is to say of features and model, by heading, in order
 * @param settings the same for other programs
 */
public record TrainingSetup<S extends CorpusSample>(
        Corpus<S> corpus,
        RecognitionModel model,
        SampleReader<S> reader,
        Map<String, String> facts,
        JsonElement settings)
        implements AutoCloseable {

    /** Closes the model and the reader. */
    @Override
    public void close() {
        model.close();
        reader.close();
    }
}
