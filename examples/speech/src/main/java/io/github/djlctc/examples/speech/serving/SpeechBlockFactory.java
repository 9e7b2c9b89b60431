package io.github.djlctc.examples.speech.serving;

import ai.djl.nn.Block;

import io.github.djlctc.examples.common.serving.RecogniserBlockFactory;
import io.github.djlctc.examples.speech.model.ModelConfig;

/** Makes the block of a folder that {@code speech export} wrote. */
public final class SpeechBlockFactory extends RecogniserBlockFactory<ModelConfig> {

    private static final long serialVersionUID = 1L;

    /** Creates the factory, as DJL does by its name. */
    public SpeechBlockFactory() {
        super(ModelConfig.class);
    }

    @Override
    protected Block block(ModelConfig config, int classes) {
        return config.newBlock(classes);
    }

    @Override
    protected int dimensions(ModelConfig config) {
        return config.features().extractor().dimensions();
    }
}
