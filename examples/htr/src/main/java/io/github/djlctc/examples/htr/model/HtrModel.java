package io.github.djlctc.examples.htr.model;

import ai.djl.training.loss.Loss;

import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.RecurrentClassifier;
import io.github.djlctc.examples.common.train.BlockModel;
import io.github.djlctc.examples.common.train.ModelFiles;
import io.github.djlctc.examples.common.train.ModelFormatException;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.text.Alphabet;

import java.nio.file.Path;

/**
 * A line model with its alphabet and the height of its lines: everything that reading needs.
 *
 * <p>In a folder it is {@code model.json}, {@code alphabet.txt} and DJL's {@code htr-0000.params}.
 */
public final class HtrModel extends BlockModel<ModelConfig> {

    private static final String NAME = "htr";

    /**
     * What a step of training takes for a pixel, by channel of the first convolution: four results
     * of its stage, of a quarter of the pixels each, those of the others, and gradients.
     */
    private static final int FLOATS_PER_CHANNEL = 5;

    private HtrModel(ModelConfig config, Alphabet alphabet) {
        super(NAME, config, alphabet, () -> new LineModel(config, alphabet.size()));
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

    /**
     * Computes the logits of one line.
     *
     * @param line the line, of the height of the model
     * @return the logits of its frames, of C classes each, one frame after another
     */
    public float[] emissions(LineImage line) {
        return run(Columns.of(line), line.width(), output -> HostArrays.readFloats(output.head()));
    }

    /** {@return the height that lines are brought to} */
    public int height() {
        return config().size().height();
    }

    @Override
    public Loss trainingLoss(CTCLoss loss) {
        IntermediateConfig intermediate = config().intermediate();
        if (intermediate == null && !config().hasShortcut()) {
            return loss;
        }
        IntermediateCTCLoss.Builder builder = IntermediateCTCLoss.builder().optOutput(loss);
        if (intermediate != null) {
            intermediate.addTo(builder, config().size().layers());
        }
        if (config().hasShortcut()) {
            builder.optAdded(1, config().shortcutWeight());
        }
        return builder.build();
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
    public long trainingBytes(int frames) {
        ModelSize size = config().size();
        long images = (long) FLOATS_PER_CHANNEL * size.channels() * size.height() * frames;
        long recurrent =
                RecurrentClassifier.trainingFloats(size.stateSize(), size.layers())
                        * logitFrames(frames);
        return super.trainingBytes(frames)
                + Float.BYTES * (images + recurrent + headFloats(size) * logitFrames(frames));
    }

    private long headFloats(ModelSize size) {
        IntermediateConfig intermediate = config().intermediate();
        return intermediate == null
                ? 0
                : intermediate.trainingFloats(size.stateSize(), size.layers(), alphabet().size());
    }

    @Override
    public int logitFrames(int frames) {
        return ModelSize.frames(frames);
    }
}
