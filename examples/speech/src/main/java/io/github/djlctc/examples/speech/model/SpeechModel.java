package io.github.djlctc.examples.speech.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.train.ModelFiles;
import io.github.djlctc.examples.common.train.ModelFormatException;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.SampleRateConverter;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An acoustic model with its alphabet and its features: everything that transcription needs.
 *
 * <p>In a folder it is {@code model.json}, {@code alphabet.txt} and DJL's {@code
 * speech-0000.params}.
 */
public final class SpeechModel implements RecognitionModel {

    private static final String NAME = "speech";

    private final ModelConfig config;
    private final Alphabet alphabet;
    private final FeatureExtractor extractor;
    private final SampleRateConverter converter;
    private final GreedyDecoder decoder;
    private final AcousticModel block;
    private final Model model;
    private final ModelFiles files;

    private SpeechModel(ModelConfig config, Alphabet alphabet) {
        this.config = config;
        this.alphabet = alphabet;
        extractor = config.features().extractor();
        converter = new SampleRateConverter(Math.max(1, config.features().sampleRate()));
        decoder = new GreedyDecoder(alphabet);
        block = new AcousticModel(config.size(), alphabet.size());
        model = Model.newInstance(NAME);
        model.setBlock(block);
        files = new ModelFiles(model, alphabet, config);
    }

    /**
     * Creates a model whose parameters are still to be initialised.
     *
     * @param config its features and sizes
     * @param alphabet its classes
     * @return the model
     * @throws IllegalArgumentException if a value of the configuration is out of its range
     */
    public static SpeechModel create(ModelConfig config, Alphabet alphabet) {
        return new SpeechModel(config, alphabet);
    }

    /**
     * Loads a model.
     *
     * @param folder the folder it was saved to
     * @return the model
     * @throws ModelFormatException if files are missing or damaged
     */
    public static SpeechModel load(Path folder) throws ModelFormatException {
        return ModelFiles.load(
                folder, ModelConfig.class, ModelConfig::letterCase, SpeechModel::new);
    }

    /** Saves the model; see {@link ModelFiles#save}. */
    @Override
    public void save(Path folder) throws IOException {
        files.save(folder);
    }

    @Override
    public void loadParameters(Path folder) throws IOException, MalformedModelException {
        AcousticModel untrained = new AcousticModel(config.size(), alphabet.size());
        files.loadParameters(folder, untrained, inputShapes());
    }

    /**
     * Brings sound to the sample rate that the model reads.
     *
     * @param signal sound of any rate, or precomputed features
     * @return the resampled sound; precomputed features as they are
     */
    public Signal atModelRate(Signal signal) {
        return signal instanceof Waveform sound && config.features().sampleRate() > 0
                ? converter.convert(sound)
                : signal;
    }

    /**
     * Transcribes one signal by greedy decoding.
     *
     * @param signal sound of any rate, or precomputed features, as the model reads
     * @return the hypothesis; its frames last {@link #secondsPerFrame()}
     * @throws io.github.djlctc.examples.speech.feature.UnsuitableSignalException if the model
     *     cannot read the signal
     */
    public Hypothesis transcribe(Signal signal) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            FeatureMatrix features = extractor.extract(atModelRate(signal));
            Shape shape = new Shape(1, features.frames(), features.dimensions());
            NDList input =
                    new NDList(
                            manager.create(features.values(), shape),
                            manager.create(new long[] {features.frames()}));
            NDList output = block.forward(new ParameterStore(manager, false), input, false);
            return new GreedyBatchDecoder(decoder).decode(output.get(0), output.get(1)).get(0);
        }
    }

    /**
     * Returns the duration of a frame of the logits.
     *
     * @return seconds
     */
    public double secondsPerFrame() {
        return extractor.frameSeconds() * config.size().subsampling();
    }

    @Override
    public FrameScale frameScale() {
        return FrameScale.seconds(secondsPerFrame());
    }

    @Override
    public int dimensions() {
        return extractor.dimensions();
    }

    @Override
    public int logitFrames(int frames) {
        return config.size().subsampled(frames);
    }

    @Override
    public Model djlModel() {
        return model;
    }

    /**
     * Returns the features and sizes.
     *
     * @return the configuration
     */
    public ModelConfig config() {
        return config;
    }

    @Override
    public Alphabet alphabet() {
        return alphabet;
    }

    /**
     * Returns what computes the features.
     *
     * @return the extractor
     */
    public FeatureExtractor extractor() {
        return extractor;
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
