package io.github.djlctc.examples.htr.serving;

import ai.djl.nn.Block;

import io.github.djlctc.examples.common.serving.RecogniserBlockFactory;
import io.github.djlctc.examples.htr.model.LineModel;
import io.github.djlctc.examples.htr.model.ModelConfig;

/** Makes the {@link LineModel} of a folder that {@code htr export} wrote. */
public final class HtrBlockFactory extends RecogniserBlockFactory<ModelConfig> {

    private static final long serialVersionUID = 1L;

    /** Creates the factory, as DJL does by its name. */
    public HtrBlockFactory() {
        super(ModelConfig.class);
    }

    @Override
    protected Block block(ModelConfig config, int classes) {
        return new LineModel(config, classes);
    }

    @Override
    protected int dimensions(ModelConfig config) {
        return config.size().height();
    }
}
