package io.github.djlctc.examples.speech.model;

import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.RecurrentClassifier;
import io.github.djlctc.examples.common.train.BlockModel;
import io.github.djlctc.examples.common.train.ModelFiles;
import io.github.djlctc.examples.common.train.ModelFormatException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.SampleRateConverter;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;
import io.github.djlctc.examples.speech.feature.LogMelFilterbank;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.nn.FrameStream;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import java.nio.file.Path;

/**
 * An acoustic model with its alphabet and its features: everything that transcription needs.
 *
 * <p>In a folder it is {@code model.json}, {@code alphabet.txt} and DJL's {@code
 * speech-0000.params}.
 */
public final class SpeechModel extends BlockModel<ModelConfig> {

    private static final String NAME = "speech";

    /** Measured: what a step of training takes for a frame of the convolutions, by channel. */
    private static final int FLOATS_PER_CHANNEL = 16;

    private final FeatureExtractor extractor;
    private final SampleRateConverter converter;

    private SpeechModel(ModelConfig config, Alphabet alphabet) {
        this(config, alphabet, config.extractor());
    }

    private SpeechModel(ModelConfig config, Alphabet alphabet, FeatureExtractor extractor) {
        super(NAME, config, alphabet, () -> config.newBlock(alphabet.size()));
        this.extractor = extractor;
        converter = new SampleRateConverter(Math.max(1, config.features().sampleRate()));
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

    /**
     * Brings sound to the sample rate that the model reads.
     *
     * @param signal sound of any rate, or precomputed features
     * @return the resampled sound; precomputed features as they are
     */
    public Signal atModelRate(Signal signal) {
        return signal instanceof Waveform sound && config().features().sampleRate() > 0
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
        FeatureMatrix features = extractor.extract(atModelRate(signal));
        return run(features.values(), features.frames(), this::decode);
    }

    /**
     * Computes the logits of one signal.
     *
     * @param signal sound of any rate, or precomputed features, as the model reads
     * @return the logits of shape (frames, C), row by row; its frames last {@link
     *     #secondsPerFrame()}
     * @throws io.github.djlctc.examples.speech.feature.UnsuitableSignalException if the model
     *     cannot read the signal
     */
    public float[] logits(Signal signal) {
        FeatureMatrix features = extractor.extract(atModelRate(signal));
        return run(
                features.values(),
                features.frames(),
                output -> HostArrays.readFloats(output.get(0)));
    }

    private Hypothesis decode(NDList output) {
        return new GreedyBatchDecoder(decoder()).decodeBatch(output.get(0), output.get(1)).get(0);
    }

    /**
     * Tells whether the model can read sound as it comes.
     *
     * @return whether it was trained for that
     */
    public boolean isStreaming() {
        return config().isStreaming();
    }

    /**
     * Begins sound that arrives in parts.
     *
     * @return the stream, to be closed by the caller, before the model
     * @throws IllegalStateException if the model is not {@linkplain #isStreaming() streaming}
     */
    public EmissionStream openStream() {
        if (!isStreaming()) {
            throw new IllegalStateException(
                    "the model reads whole utterances; train one with --streaming");
        }
        return new EmissionStream((LogMelFilterbank) extractor, djlModel());
    }

    /**
     * Returns how much later sound a frame of the logits depends on at most. The first frame of a
     * chunk depends on so much, the last on less by the rest of the chunk.
     *
     * @return seconds after the time that the frame begins at; infinity unless the model is
     *     {@linkplain #isStreaming() streaming}
     */
    public double lookaheadSeconds() {
        return isStreaming()
                ? ((LogMelFilterbank) extractor).lookaheadSeconds()
                        + FrameStream.lookahead(djlModel().getBlock()) * extractor.frameSeconds()
                : Double.POSITIVE_INFINITY;
    }

    /**
     * Returns the duration of a frame of the logits.
     *
     * @return seconds
     */
    public double secondsPerFrame() {
        return extractor.frameSeconds() * config().size().subsampling();
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
        return config().size().subsampled(frames);
    }

    @Override
    public Loss trainingLoss(CTCLoss loss) {
        IntermediateConfig intermediate = config().intermediate();
        return intermediate == null
                ? loss
                : intermediate
                        .addTo(
                                IntermediateCTCLoss.builder().optOutput(loss),
                                config().size().layers())
                        .build();
    }

    @Override
    public long trainingBytes(int frames) {
        ModelSize size = config().size();
        long perFrame =
                (long) FLOATS_PER_CHANNEL * size.channels()
                        + RecurrentClassifier.trainingFloats(size.stateSize(), size.layers())
                        + headFloats(size);
        return super.trainingBytes(frames) + Float.BYTES * perFrame * logitFrames(frames);
    }

    private long headFloats(ModelSize size) {
        IntermediateConfig intermediate = config().intermediate();
        return intermediate == null
                ? 0
                : intermediate.trainingFloats(size.stateSize(), size.layers(), alphabet().size());
    }

    /**
     * Returns what computes the features.
     *
     * @return the extractor
     */
    public FeatureExtractor extractor() {
        return extractor;
    }
}
