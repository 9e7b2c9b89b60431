package io.github.djlctc.examples.common.train;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A block of DJL with its alphabet and its configuration, and the files of the three.
 *
 * @param <C> the configuration, a record that Gson can write and read
 */
public abstract class BlockModel<C extends Record> implements RecognitionModel {

    private final C config;
    private final Alphabet alphabet;
    private final Supplier<? extends Block> newBlock;
    private final GreedyDecoder decoder;
    private final Model model;
    private final ModelFiles files;

    /**
     * Creates a model whose parameters are still to be initialised.
     *
     * @param name the name of DJL's model, and of the file of its parameters
     * @param config what is saved with the parameters
     * @param alphabet the classes
     * @param newBlock makes the block of this configuration, not initialised
     * @throws EngineStartException if DJL's engine cannot be started
     */
    protected BlockModel(
            String name, C config, Alphabet alphabet, Supplier<? extends Block> newBlock) {
        EngineStart.run();
        this.config = config;
        this.alphabet = alphabet;
        this.newBlock = newBlock;
        decoder = new GreedyDecoder(alphabet);
        Block block = newBlock.get();
        model = Model.newInstance(name);
        model.setBlock(block);
        files = new ModelFiles(model, alphabet, config);
    }

    /**
     * Runs the model on one sample, outside training.
     *
     * @param <R> what is made of the output
     * @param features the features, one frame after another
     * @param frames the number of frames
     * @param reader takes the logits (1,T,C) and the lengths (1), which are closed afterwards
     * @return what the reader returns
     */
    protected final <R> R run(float[] features, int frames, Function<NDList, R> reader) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDList input =
                    new NDList(
                            manager.create(features, new Shape(1, frames, dimensions())),
                            manager.create(new long[] {frames}));
            ParameterStore parameters = new ParameterStore(manager, false);
            return reader.apply(model.getBlock().forward(parameters, input, false));
        }
    }

    /** Saves the model; see {@link ModelFiles#save}. */
    @Override
    public final void save(Path folder) throws IOException {
        files.save(folder);
    }

    @Override
    public final void loadParameters(Path folder) throws IOException, MalformedModelException {
        files.loadParameters(folder, newBlock.get(), inputShapes());
    }

    /**
     * Returns what is saved with the parameters.
     *
     * @return the configuration
     */
    public final C config() {
        return config;
    }

    @Override
    public final Model djlModel() {
        return model;
    }

    @Override
    public final Alphabet alphabet() {
        return alphabet;
    }

    @Override
    public final GreedyDecoder decoder() {
        return decoder;
    }

    @Override
    public final void close() {
        model.close();
    }
}
