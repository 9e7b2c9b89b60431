package io.github.djlctc.examples.htr.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.train.ModelFiles;
import io.github.djlctc.examples.common.train.ModelFormatException;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A line model with its alphabet and the height of its lines: everything that reading needs.
 *
 * <p>In a folder it is {@code model.json}, {@code alphabet.txt} and DJL's {@code htr-0000.params}.
 */
public final class HtrModel implements RecognitionModel {

    private static final String NAME = "htr";

    private final ModelConfig config;
    private final Alphabet alphabet;
    private final GreedyDecoder decoder;
    private final LineModel block;
    private final Model model;
    private final ModelFiles files;

    private HtrModel(ModelConfig config, Alphabet alphabet) {
        this.config = config;
        this.alphabet = alphabet;
        decoder = new GreedyDecoder(alphabet);
        block = new LineModel(config, alphabet.size());
        model = Model.newInstance(NAME);
        model.setBlock(block);
        files = new ModelFiles(model, alphabet, config);
    }

    /**
     * Creates a model whose parameters are still to be initialised.
     *
     * @param config its sizes
     * @param alphabet its classes
     * @return the model
     */
    public static HtrModel create(ModelConfig config, Alphabet alphabet) {
        return new HtrModel(config, alphabet);
    }

    /**
     * Loads a model.
     *
     * @param folder the folder it was saved to
     * @return the model
     * @throws ModelFormatException if files are missing or damaged
     */
    public static HtrModel load(Path folder) throws ModelFormatException {
        return ModelFiles.load(folder, ModelConfig.class, ModelConfig::letterCase, HtrModel::new);
    }

    /** Saves the model; see {@link ModelFiles#save}. */
    @Override
    public void save(Path folder) throws IOException {
        files.save(folder);
    }

    @Override
    public void loadParameters(Path folder) throws IOException, MalformedModelException {
        files.loadParameters(folder, new LineModel(config, alphabet.size()), inputShapes());
    }

    /**
     * Computes the logits of one line.
     *
     * @param line the line, of the height of the model
     * @return the logits of its frames, of C classes each, one frame after another
     */
    public float[] emissions(LineImage line) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            Shape shape = new Shape(1, line.width(), line.height());
            NDList input =
                    new NDList(
                            manager.create(Columns.of(line), shape),
                            manager.create(new long[] {line.width()}));
            NDList output = block.forward(new ParameterStore(manager, false), input, false);
            return HostArrays.readFloats(output.head());
        }
    }

    /** {@return the height that lines are brought to} */
    public int height() {
        return config.size().height();
    }

    /** {@return the sizes} */
    public ModelConfig config() {
        return config;
    }

    @Override
    public Loss trainingLoss(CTCLoss loss) {
        return config.hasShortcut() ? new ShortcutLoss(loss, config.shortcutWeight()) : loss;
    }

    /** Returns the distance in pixels of the line at the height of the model. */
    @Override
    public FrameScale frameScale() {
        return FrameScale.pixels(ModelSize.SUBSAMPLING);
    }

    @Override
    public int dimensions() {
        return height();
    }

    @Override
    public int logitFrames(int frames) {
        return ModelSize.frames(frames);
    }

    @Override
    public Model djlModel() {
        return model;
    }

    @Override
    public Alphabet alphabet() {
        return alphabet;
    }

    @Override
    public GreedyDecoder decoder() {
        return decoder;
    }

    @Override
    public void close() {
        model.close();
    }
}
