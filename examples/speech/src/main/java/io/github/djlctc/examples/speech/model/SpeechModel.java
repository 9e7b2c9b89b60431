package io.github.djlctc.examples.speech.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.SampleRateConverter;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.training.AtomicFile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An acoustic model with its alphabet and its features: everything that transcription needs.
 *
 * <p>In a folder it is {@code model.json}, {@code alphabet.txt} and DJL's {@code
 * speech-0000.params}.
 */
public final class SpeechModel implements AutoCloseable {

    private static final String NAME = "speech";
    private static final String CONFIG_FILE = "model.json";
    private static final String ALPHABET_FILE = "alphabet.txt";
    private static final String EPOCH = "0";
    private static final String PARAMETERS_FILE = NAME + "-0000.params";
    private static final String TEMPORARY_FOLDER = ".saving";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private final ModelConfig config;
    private final Alphabet alphabet;
    private final FeatureExtractor extractor;
    private final SampleRateConverter converter;
    private final GreedyDecoder decoder;
    private final AcousticModel block;
    private final Model model;

    private SpeechModel(ModelConfig config, Alphabet alphabet) {
        this.config = config;
        this.alphabet = alphabet;
        extractor = config.features().extractor();
        converter = new SampleRateConverter(Math.max(1, config.features().sampleRate()));
        decoder = new GreedyDecoder(alphabet);
        block = new AcousticModel(config.size(), alphabet.size());
        model = Model.newInstance(NAME);
        model.setBlock(block);
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
        try {
            ModelConfig config = readConfig(folder.resolve(CONFIG_FILE));
            Alphabet alphabet =
                    Alphabet.read(folder.resolve(ALPHABET_FILE)).toBuilder()
                            .optLetterCase(config.letterCase())
                            .build();
            return loaded(new SpeechModel(config, alphabet), folder);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            throw new ModelFormatException(
                    "no usable model in " + folder + " (train one first): " + ErrorText.of(e), e);
        }
    }

    private static ModelConfig readConfig(Path file) throws IOException {
        String json = Files.readString(file, StandardCharsets.UTF_8);
        try {
            ModelConfig config = GSON.fromJson(json, ModelConfig.class);
            if (config == null) {
                throw new IOException(file + " is empty");
            }
            return config;
        } catch (RuntimeException e) {
            // Gson wraps what the constructors of records throw.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(file + ": " + ErrorText.of(cause), e);
        }
    }

    private static SpeechModel loaded(SpeechModel model, Path folder)
            throws IOException, MalformedModelException {
        boolean usable = false;
        try {
            model.loadParameters(folder);
            usable = true;
            return model;
        } finally {
            if (!usable) {
                model.close();
            }
        }
    }

    /**
     * Saves the model, over an earlier one in the same folder.
     *
     * <p>If the process is killed meanwhile, the folder holds this model or the earlier one, whole.
     * Over a model of another configuration or alphabet, it may also hold none.
     *
     * @param folder the folder, created if needed
     * @throws IOException if a file cannot be written
     */
    public void save(Path folder) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve(TEMPORARY_FOLDER));
        Files.writeString(temporary.resolve(CONFIG_FILE), GSON.toJson(config) + "\n");
        alphabet.write(temporary.resolve(ALPHABET_FILE));
        model.setProperty("Epoch", EPOCH);
        model.save(temporary, NAME);
        boolean sameForm =
                isSame(CONFIG_FILE, temporary, folder) && isSame(ALPHABET_FILE, temporary, folder);
        if (!sameForm) {
            // Parameters beside a configuration that is not theirs would be a wrong model.
            Files.deleteIfExists(folder.resolve(PARAMETERS_FILE));
        }
        for (String file : List.of(CONFIG_FILE, ALPHABET_FILE, PARAMETERS_FILE)) {
            AtomicFile.replace(temporary.resolve(file), folder.resolve(file));
        }
        Files.delete(temporary);
    }

    private static boolean isSame(String file, Path folder, Path other) throws IOException {
        return Files.exists(other.resolve(file))
                && Files.mismatch(folder.resolve(file), other.resolve(file)) == -1;
    }

    /**
     * Puts back the parameters that were saved.
     *
     * @param folder the folder that the model was saved to
     * @throws IOException if a file cannot be read
     * @throws MalformedModelException if the parameters are of another model
     */
    public void loadParameters(Path folder) throws IOException, MalformedModelException {
        block.getParameters().values().forEach(Parameter::close);
        try {
            model.load(folder, NAME, Map.of("epoch", EPOCH));
        } catch (OutOfMemoryError e) {
            // DJL allocates the sizes that the file claims before it reads the values.
            throw new MalformedModelException("the parameters are damaged: a size is absurd", e);
        }
        checkParameters();
    }

    /** DJL passes over a file or a parameter of another kind, and takes parameters of any shape. */
    private void checkParameters() throws MalformedModelException {
        List<Shape> shapes = expectedShapes();
        ParameterList parameters = block.getParameters();
        for (int i = 0; i < shapes.size(); i++) {
            String name = parameters.keyAt(i);
            if (!parameters.valueAt(i).isInitialized()) {
                throw new MalformedModelException("the parameters are damaged: no " + name);
            }
            NDArray values = parameters.valueAt(i).getArray();
            if (!values.getShape().equals(shapes.get(i))
                    || values.getDataType() != DataType.FLOAT32) {
                throw new MalformedModelException(
                        "the parameters are of another model: "
                                + name
                                + " is "
                                + values.getDataType()
                                + " "
                                + values.getShape()
                                + ", but by model.json and alphabet.txt float32 "
                                + shapes.get(i));
            }
        }
    }

    private List<Shape> expectedShapes() {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            AcousticModel same = new AcousticModel(config.size(), alphabet.size());
            // Without values, since the sizes are claims of a file.
            same.setInitializer(
                    (owner, shape, dataType) -> owner.create(new Shape(0), dataType),
                    parameter -> true);
            Shape features = new Shape(1, 1, extractor.dimensions());
            same.initialize(manager, DataType.FLOAT32, features, new Shape(1));
            return same.getParameters().values().stream().map(Parameter::getShape).toList();
        }
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
            FeatureMatrix features = extractor.extract(atModelRate(signal), manager);
            Shape shape = new Shape(1, features.frames(), features.dimensions());
            NDList input =
                    new NDList(
                            manager.create(features.values(), shape),
                            manager.create(new long[] {features.frames()}));
            NDList output = block.forward(new ParameterStore(manager, false), input, false);
            return decoder.decode(output.get(0), output.get(1)).get(0);
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

    /**
     * Returns DJL's model, to train it.
     *
     * @return the model, owned by this object
     */
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

    /**
     * Returns the classes.
     *
     * @return the alphabet
     */
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

    /**
     * Returns the greedy decoder over the alphabet.
     *
     * @return the decoder
     */
    public GreedyDecoder decoder() {
        return decoder;
    }

    /** Releases the parameters. */
    @Override
    public void close() {
        model.close();
    }
}
