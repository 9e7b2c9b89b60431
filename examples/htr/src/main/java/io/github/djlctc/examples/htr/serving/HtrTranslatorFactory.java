package io.github.djlctc.examples.htr.serving;

import ai.djl.modality.cv.Image;

import io.github.djlctc.examples.common.serving.RecogniserTranslatorFactory;
import io.github.djlctc.examples.common.serving.SampleFeatures;
import io.github.djlctc.examples.common.train.ModelConfigFile;
import io.github.djlctc.examples.htr.model.ModelConfig;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes translators of a folder that {@code htr export} wrote, from images of text lines: a file as
 * {@code htr read} reads it ({@link Path}), its bytes in a request ({@link ai.djl.modality.Input}),
 * or an upright {@link Image} of DJL's own {@link ai.djl.modality.cv.BufferedImageFactory}.
 */
public final class HtrTranslatorFactory extends RecogniserTranslatorFactory<Image> {

    /** Creates the factory, as DJL does by its name. */
    public HtrTranslatorFactory() {
        super(Image.class);
    }

    @Override
    protected SampleFeatures<Image> features(Path folder) throws IOException {
        return new LineFeatures(ModelConfigFile.read(folder, ModelConfig.class).size().height());
    }
}
