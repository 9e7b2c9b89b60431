package io.github.djlctc.examples.common.train;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model from features to logits with its alphabet: what training needs to know of it.
 *
 * <p>Its block takes features (N,T,F) and lengths (N), and gives logits (N,T',C) and lengths (N).
 * In training it may give more, for {@link #trainingLoss}.
 */
public interface RecognitionModel extends AutoCloseable {

    /**
     * Returns DJL's model.
     *
     * @return the model, owned by this object
     */
    Model djlModel();

    /**
     * Returns the classes.
     *
     * @return the alphabet
     */
    Alphabet alphabet();

    /**
     * Returns the greedy decoder over the alphabet.
     *
     * @return the decoder
     */
    GreedyDecoder decoder();

    /**
     * Returns how many values a frame of features has.
     *
     * @return F
     */
    int dimensions();

    /**
     * Returns how many frames of logits come of a number of feature frames.
     *
     * @param frames feature frames, 0 or more
     * @return frames of logits
     */
    int logitFrames(int frames);

    /**
     * Estimates what a sample takes of memory in a step of training, besides its logits and its
     * loss.
     *
     * @param frames the feature frames of the sample, with padding
     * @return the bytes of its features, and of the results of layers that back-propagation needs,
     *     with their gradients
     */
    default long trainingBytes(int frames) {
        return 2L * Float.BYTES * frames * dimensions();
    }

    /**
     * Returns where the frames of the logits lie.
     *
     * @return positions in seconds, pixels or what the input has
     */
    FrameScale frameScale();

    /**
     * Returns the shapes that the block is initialised with.
     *
     * @return the shapes of one batch of features and lengths
     */
    default Shape[] inputShapes() {
        return new Shape[] {new Shape(1, 100, dimensions()), new Shape(1)};
    }

    /**
     * Returns what training minimises.
     *
     * @param loss the CTC loss of the logits
     * @return that loss, unless training adds others to it
     */
    default Loss trainingLoss(CTCLoss loss) {
        return loss;
    }

    /**
     * Saves the model, over an earlier one in the same folder.
     *
     * @param folder the folder, created if needed
     * @throws IOException if a file cannot be written
     */
    void save(Path folder) throws IOException;

    /**
     * Puts back the parameters that were saved.
     *
     * @param folder the folder that the model was saved to
     * @throws IOException if a file cannot be read
     * @throws MalformedModelException if the parameters are of another model
     */
    void loadParameters(Path folder) throws IOException, MalformedModelException;

    /** Releases the parameters. */
    @Override
    void close();
}
