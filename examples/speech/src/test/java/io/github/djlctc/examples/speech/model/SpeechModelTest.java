package io.github.djlctc.examples.speech.model;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;
import io.github.djlctc.examples.common.train.FileChecksums;
import io.github.djlctc.examples.common.train.ModelFormatException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.feature.MelNormalisation;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SpeechModelTest {

    private static final ModelSize SIZE = new ModelSize(6, 5, 1, 2, 0);
    private static final ModelConfig SOUND =
            new ModelConfig(FeatureConfig.logMel(8000, 10), SIZE, LetterCase.UPPER);
    private static final ModelConfig FEATURES =
            new ModelConfig(FeatureConfig.precomputed(3, 0.02), SIZE, LetterCase.LOWER);
    private static final String PARAMETERS = "speech-0000.params";

    @TempDir Path folder;

    /** Without checksums, as earlier versions saved it, so that the other checks are seen. */
    @BeforeEach
    void save() throws IOException {
        saveWithChecksums();
        Files.delete(folder.resolve(FileChecksums.NAME));
    }

    private void saveWithChecksums() throws IOException {
        try (SpeechModel model = initialised(SOUND)) {
            model.save(folder);
        }
    }

    @Test
    void isSavedAgainAsItWasLoaded() throws IOException {
        Path copy = folder.resolve("copy");
        try (SpeechModel loaded = SpeechModel.load(folder)) {
            loaded.save(copy);
        }

        for (String file : List.of(PARAMETERS, "alphabet.txt", "model.json")) {
            assertThat(copy.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
        SpeechModel.load(copy).close();
    }

    @Test
    void refusesAnAlphabetInAnotherOrder() throws IOException {
        saveWithChecksums();
        Path file = folder.resolve("alphabet.txt");
        String alphabet = Files.readString(file);
        String other = alphabet.replace("\"A\",\"B\"", "\"B\",\"A\"");
        assertThat(other).isNotEqualTo(alphabet);

        Files.writeString(file, other);

        assertUnusable(file + " is not the file that was saved");
        Files.writeString(file, alphabet);
        SpeechModel.load(folder).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "alphabet.txt", PARAMETERS})
    void refusesFlippedBits(String name) throws IOException {
        saveWithChecksums();
        Path file = folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertUnusable(file + " is not the file that was saved");
        }
    }

    @Test
    void transcribesTheSameAfterSavingAndLoading() throws IOException {
        Path saved = folder.resolve("a/b");
        for (ModelConfig config : new ModelConfig[] {SOUND, FEATURES}) {
            try (SpeechModel model = initialised(config)) {
                model.save(saved);
                try (SpeechModel loaded = SpeechModel.load(saved)) {
                    assertThat(loaded.config()).isEqualTo(config);
                    assertThat(loaded.alphabet().size()).isEqualTo(model.alphabet().size());
                    assertThat(loaded.alphabet().normalize("Ab"))
                            .isEqualTo(model.alphabet().normalize("Ab"));
                    for (int seed = 0; seed < 5; seed++) {
                        var signal = config.equals(SOUND) ? sound(8000, seed) : features(seed);
                        Hypothesis hypothesis = loaded.transcribe(signal);
                        assertThat(hypothesis).isEqualTo(model.transcribe(signal));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void savesHeadsBetweenItsLayers(Conditioning conditioning) throws IOException {
        ModelConfig config = withHeads(new IntermediateConfig(0.3, conditioning));
        Path saved = folder.resolve("heads");
        try (SpeechModel model = initialised(config)) {
            model.save(saved);
            try (SpeechModel loaded = SpeechModel.load(saved)) {
                assertThat(loaded.config()).isEqualTo(config);
                assertThat(loaded.logits(sound(8000, 1))).isEqualTo(model.logits(sound(8000, 1)));
            }
            assertThat(model.trainingLoss(CTCLoss.builder().build()))
                    .isInstanceOfSatisfying(
                            IntermediateCTCLoss.class, loss -> assertThat(loss.heads()).hasSize(2));
            try (SpeechModel plain = initialised(withHeads(null))) {
                assertThat(model.trainingBytes(100)).isGreaterThan(plain.trainingBytes(100));
            }
        }
        // Without heads the files are those of versions that knew none.
        try (SpeechModel plain = initialised(withHeads(null))) {
            plain.save(saved);
            CTCLoss loss = CTCLoss.builder().build();
            assertThat(plain.trainingLoss(loss)).isSameAs(loss);
        }
        assertThat(saved.resolve("model.json")).content().doesNotContain("intermediate");
        SpeechModel.load(saved).close();
    }

    private static ModelConfig withHeads(IntermediateConfig heads) {
        return new ModelConfig(
                SOUND.features(), new ModelSize(6, 5, 3, 2, 0), LetterCase.UPPER, null, heads);
    }

    @Test
    void refusesHeadsThatHaveNoPlace() throws IOException {
        IntermediateConfig heads = new IntermediateConfig(0.3, Conditioning.NONE);
        StreamingConfig streaming =
                new StreamingConfig(8, 3, new MelNormalisation(List.of(0f), List.of(1f)));
        ModelSize size = new ModelSize(6, 5, 3, 2, 0);
        assertThatThrownBy(
                        () ->
                                new ModelConfig(
                                        SOUND.features(), size, LetterCase.UPPER, streaming, heads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a streaming model has no intermediate heads");
        for (double weight : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> new IntermediateConfig(weight, Conditioning.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the weight of the intermediate loss, " + weight);
        }
        try (SpeechModel model = initialised(withHeads(heads))) {
            model.save(folder);
        }
        Files.delete(folder.resolve(FileChecksums.NAME));
        Path file = folder.resolve("model.json");
        String json = Files.readString(file);
        Files.writeString(file, json.replace("NONE", "SOME"));
        assertUnusable("the conditioning is missing or unknown");
        Files.writeString(file, json.replace("NONE", "SELF"));
        assertUnusable("self-conditioning");
        Files.writeString(file, json.replace("\"layers\": 3", "\"layers\": 1"));
        assertUnusable("intermediate heads are between LSTM layers");
    }

    @Test
    void overwritesAnEarlierModel() throws IOException {
        try (SpeechModel other = initialised(FEATURES)) {
            other.save(folder);
        }
        try (SpeechModel loaded = SpeechModel.load(folder)) {
            assertThat(loaded.config()).isEqualTo(FEATURES);
        }
    }

    @Test
    void passesOverByteOrderMarks() throws IOException {
        for (String name : List.of("model.json", "alphabet.txt")) {
            Path file = folder.resolve(name);
            Files.writeString(file, "\uFEFF" + Files.readString(file));
        }

        SpeechModel.load(folder).close();
    }

    @Test
    void aKillWhileSavingLeavesTheEarlierModel() throws IOException {
        Path part = Files.createDirectories(folder.resolve(".saving")).resolve(PARAMETERS);
        Files.write(part, new byte[10]);
        Files.createFile(part.resolveSibling("alphabet.txt.5.partial"));
        SpeechModel.load(folder).close();
        try (SpeechModel model = initialised(SOUND)) {
            model.save(folder);
        }
        assertThat(part.getParent()).doesNotExist();
        SpeechModel.load(folder).close();
    }

    @Test
    void takesSoundOfAnyRate() throws IOException {
        try (SpeechModel model = SpeechModel.load(folder)) {
            for (int rate : new int[] {1000, 8000, 11025, 44100, 384000}) {
                Waveform sound = sound(rate, 1);
                Hypothesis hypothesis = model.transcribe(sound);
                double end =
                        hypothesis.tokens().isEmpty()
                                ? 0
                                : hypothesis.tokens().get(hypothesis.tokens().size() - 1).endFrame()
                                        * model.secondsPerFrame();
                // One subsampled frame may reach beyond the end.
                assertThat(end).isLessThan(sound.seconds() + 0.03);
            }
            model.transcribe(new Waveform(new float[1], 44100));
        }
    }

    @Test
    void tellsTheDurationOfAFrame() {
        try (SpeechModel sound = initialised(SOUND);
                SpeechModel features = initialised(FEATURES)) {
            assertThat(sound.secondsPerFrame()).isCloseTo(0.02, within(1e-9));
            assertThat(features.secondsPerFrame()).isCloseTo(0.04, within(1e-9));
        }
    }

    @Test
    void namesSignalsThatItCannotRead() throws IOException {
        try (SpeechModel sound = SpeechModel.load(folder);
                SpeechModel features = initialised(FEATURES)) {
            assertThatThrownBy(() -> sound.transcribe(features(1)))
                    .isInstanceOf(UnsuitableSignalException.class);
            assertThatThrownBy(() -> features.transcribe(sound(8000, 1)))
                    .isInstanceOf(UnsuitableSignalException.class);
            assertThatThrownBy(() -> sound.transcribe(new Waveform(new float[0], 44100)))
                    .isInstanceOf(UnsuitableSignalException.class)
                    .hasMessageContaining("no samples");
        }
    }

    @Test
    void namesAFolderWithoutAModel() {
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> SpeechModel.load(none))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        "no usable model in %s (train one first): no such file or folder: %s",
                        none, none.resolve("model.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "alphabet.txt", PARAMETERS})
    void namesAFileThatIsMissingDamagedOrEmpty(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.delete(file);
        assertUnusable(name);
        Files.write(file, new byte[] {(byte) 0xC3, 0x28, 1, 2, 3, 4, 5});
        assertUnusable("");
        Files.write(file, new byte[0]);
        assertUnusable("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                  | model.json is empty",
                "{}                    | the features are missing",
                "[]                    | model.json",
                "garbage               | model.json",
                "{\"features\": {      | model.json",
                "{\"features\": 7}     | model.json",
            })
    void namesBadConfigurations(String json, String message) throws IOException {
        Files.writeString(folder.resolve("model.json"), json);

        assertUnusable(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"LOG_MEL\"       | \"TELEPATHY\"     | the kind of features",
                "\"UPPER\"         | \"TITLE\"         | the letter case",
                "\"UPPER\"         | null              | the letter case",
                "\"channels\": 6   | \"channels\": 0   | channels 0",
                "\"channels\": 6   | \"channels\": 7   | 01convolution_weight is float32 (6, 10, 5)",
                "\"stateSize\": 5  | \"stateSize\": 9  | of another model",
                "\"stateSize\": 5  | \"stateSize\": 10000| of another model",
                "\"layers\": 1     | \"layers\": 2     | ",
                "\"dropout\": 0.0  | \"dropout\": 1    | dropout 1.0",
                "\"dimensions\": 10| \"dimensions\": 11| of another model",
                "\"dimensions\": 10| \"dimensions\": \"x\"| model.json",
                "\"dimensions\": 10| \"dimensions\": 999999999| use fewer filters",
                "\"sampleRate\": 8000| \"sampleRate\": 2000000000| sample rate 2000000000 Hz",
                "\"stateSize\": 5  | \"stateSize\": 2000000000| state size 2000000000",
                "\"channels\": 6   | \"channels\": 10001| channels 10001 is not from 1 to 10000",
                "\"layers\": 1     | \"layers\": 101   | layers 101",
                "\"subsampling\": 2| \"subsampling\": 101| subsampling 101",
            })
    void namesBadValues(String good, String bad, String message) throws IOException {
        Path file = folder.resolve("model.json");
        String json = Files.readString(file);
        assertThat(json).contains(good);
        Files.writeString(file, json.replace(good, bad));

        assertUnusable(message == null ? "" : message);
    }

    @Test
    void namesAnAlphabetOfAnotherModel() throws IOException {
        Alphabet.ofCharacters("ABCDEFGH").write(folder.resolve("alphabet.txt"));

        assertUnusable(
                "linear_weight is float32 (4, 10), but by model.json and the alphabet float32"
                        + " (9, 10)");
    }

    @Test
    void namesParametersThatAreNotDjls() throws IOException {
        Files.writeString(folder.resolve(PARAMETERS), "something else, long enough for a header");

        assertUnusable(folder.resolve(PARAMETERS) + ": the parameters are damaged: no 01conv");
    }

    @Test
    void namesTruncatedParameters() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(PARAMETERS));
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 60) {
            Files.write(folder.resolve(PARAMETERS), Arrays.copyOf(bytes, length));
            assertUnusable(folder.resolve(PARAMETERS) + ": ");
        }
    }

    @Test
    void loadsOrNamesDamagedParameters() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(PARAMETERS));
        Random random = new Random(1);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Files.write(folder.resolve(PARAMETERS), damaged);
            try (SpeechModel model = SpeechModel.load(folder)) {
                assertThat(model.config()).isEqualTo(SOUND);
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageContaining(folder.resolve(PARAMETERS) + ": ");
            }
        }
    }

    /** Loading fails with these words, and leaves no memory behind. */
    private void assertUnusable(String words) {
        try (Model model = Model.newInstance("any")) {
            NDManager system = model.getNDManager().getParentManager();
            int before = system.getManagedArrays().size();

            assertThatThrownBy(() -> SpeechModel.load(folder))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith("no usable model in " + folder)
                    .hasMessageContaining(words);

            assertThat(system.getManagedArrays()).hasSize(before);
        }
    }

    private static SpeechModel initialised(ModelConfig config) {
        Alphabet alphabet =
                Alphabet.ofCharacters(config.equals(SOUND) ? " AB" : " ab").toBuilder()
                        .optLetterCase(config.letterCase())
                        .build();
        SpeechModel model = SpeechModel.create(config, alphabet);
        Engine.getInstance().setRandomSeed(3);
        Shape shape = new Shape(1, 100, model.extractor().dimensions());
        model.djlModel()
                .getBlock()
                .initialize(model.djlModel().getNDManager(), DataType.FLOAT32, shape, new Shape(1));
        return model;
    }

    private static Waveform sound(int sampleRate, int seed) {
        Random random = new Random(seed);
        float[] samples = new float[sampleRate / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        return new Waveform(samples, sampleRate);
    }

    private static FeatureMatrix features(int seed) {
        Random random = new Random(seed);
        float[] values = new float[3 * 40];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FeatureMatrix(values, 3);
    }
}
