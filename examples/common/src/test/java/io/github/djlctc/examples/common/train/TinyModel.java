package io.github.djlctc.examples.common.train;

import ai.djl.Model;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.nio.file.Path;
import java.util.Optional;

/** A model of four letters with a frame of logits for two feature frames. */
final class TinyModel implements RecognitionModel {

    private final Optional<Model> model;

    private final Alphabet alphabet =
            Alphabet.ofCharacters(" ABCD").toBuilder().optLetterCase(LetterCase.UPPER).build();

    /** Creates a model that cannot be run. */
    TinyModel() {
        model = Optional.empty();
    }

    /** Creates a model that runs what the caller gives, and closes. */
    TinyModel(Model model) {
        this.model = Optional.of(model);
    }

    @Override
    public Model djlModel() {
        return model.orElseThrow(UnsupportedOperationException::new);
    }

    @Override
    public Alphabet alphabet() {
        return alphabet;
    }

    @Override
    public GreedyDecoder decoder() {
        return new GreedyDecoder(alphabet);
    }

    @Override
    public int dimensions() {
        return 1;
    }

    @Override
    public int logitFrames(int frames) {
        return frames / 2;
    }

    @Override
    public FrameScale frameScale() {
        return FrameScale.frames();
    }

    @Override
    public void save(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void loadParameters(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
