package io.github.djlctc.examples.speech.serving;

import ai.djl.modality.audio.Audio;

import io.github.djlctc.examples.common.serving.RecogniserTranslatorFactory;
import io.github.djlctc.examples.common.serving.SampleFeatures;
import io.github.djlctc.examples.common.train.ModelConfigFile;
import io.github.djlctc.examples.speech.model.ModelConfig;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes translators of a folder that {@code speech export} wrote, from sound: a file as {@code
 * speech transcribe} reads it ({@link Path}), its bytes in a request ({@link
 * ai.djl.modality.Input}), or {@link Audio}, with its rate and channels, whose samples follow each
 * other as in a WAV file.
 */
public final class SpeechTranslatorFactory extends RecogniserTranslatorFactory<Audio> {

    /** Creates the factory, as DJL does by its name. */
    public SpeechTranslatorFactory() {
        super(Audio.class);
    }

    @Override
    protected SampleFeatures<Audio> features(Path folder) throws IOException {
        return new SoundFeatures(ModelConfigFile.read(folder, ModelConfig.class));
    }
}
