package io.github.djlctc.examples.speech;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.audio.Audio;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.serving.SpeechTranslatorFactory;
import io.github.djlctc.testdata.ChildJvm;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code export} of a model that has learnt nothing, and what DJL makes of the folder. */
class ExportCommandTest {

    @TempDir Path folder;

    private Path model;
    private Path exported;

    @BeforeEach
    void saveModel() throws IOException {
        model = saveUntrained("model", FeatureConfig.logMel(8000, 10), 5);
        exported = folder.resolve("exported");
    }

    private Path saveUntrained(String name, FeatureConfig features, int states) throws IOException {
        return saveUntrained(
                name,
                new ModelConfig(features, new ModelSize(6, states, 1, 2, 0), LetterCase.UPPER));
    }

    private Path saveUntrained(String name, ModelConfig config) throws IOException {
        try (SpeechModel untrained =
                SpeechModel.create(config, Alphabet.ofCharacters(" ABCDEFGH"))) {
            Engine.getInstance().setRandomSeed(2);
            untrained
                    .djlModel()
                    .getBlock()
                    .initialize(
                            untrained.djlModel().getNDManager(),
                            DataType.FLOAT32,
                            untrained.inputShapes());
            untrained.save(folder.resolve(name));
        }
        return folder.resolve(name);
    }

    /** Noises of different lengths, rates and channels. */
    private List<Path> sounds() throws IOException {
        return List.of(
                noise("a.wav", 8000, 1, 4000),
                noise("b.wav", 16000, 2, 3000),
                noise("c.wav", 8000, 1, 900),
                Path.of("src/test/resources/audio/mono16.flac"));
    }

    private Path noise(String name, int rate, int channels, int frames) throws IOException {
        byte[] data = new byte[2 * channels * frames];
        new Random(frames).nextBytes(data);
        Path file = folder.resolve(name);
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(data),
                        new AudioFormat(rate, 16, channels, true, false),
                        frames),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    private Outcome export(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("export", "--model", model));
        arguments.addAll(Arrays.asList(more));
        arguments.add(exported);
        return SpeechProgram.run(arguments.toArray());
    }

    private List<String> transcribed(List<Path> files) {
        List<Object> arguments = new ArrayList<>(List.of("transcribe", "--json", "--model", model));
        arguments.addAll(files);
        return SpeechProgram.run(arguments.toArray()).json().stream()
                .map(line -> line.get("text").getAsString())
                .toList();
    }

    private <I, O> Criteria<I, O> criteria(Class<I> input, Class<O> output) {
        return Criteria.builder()
                .setTypes(input, output)
                .optModelPath(exported)
                .optTranslatorFactory(input == Input.class ? null : new SpeechTranslatorFactory())
                .build();
    }

    private static Input request(byte[] content) {
        Input request = new Input();
        request.add("data", content);
        return request;
    }

    private static JsonObject body(Output output) {
        return JsonParser.parseString(output.getData().getAsString()).getAsJsonObject();
    }

    @Test
    void textsOfFilesAreThoseOfTranscribeAloneAndInABatch() throws Exception {
        export();
        List<Path> sounds = sounds();
        List<String> expected = transcribed(sounds);
        assertThat(String.join("", expected)).isNotBlank();
        try (ZooModel<Path, Hypothesis> loaded =
                        criteria(Path.class, Hypothesis.class).loadModel();
                Predictor<Path, Hypothesis> predictor = loaded.newPredictor()) {
            assertThat(predictor.batchPredict(sounds))
                    .extracting(Hypothesis::text)
                    .isEqualTo(expected);
            for (int i = 0; i < sounds.size(); i++) {
                assertThat(predictor.predict(sounds.get(i)).text()).isEqualTo(expected.get(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void modelsWithHeadsBetweenTheirLayersAreServedAsOthers(Conditioning conditioning)
            throws Exception {
        model =
                saveUntrained(
                        "heads",
                        new ModelConfig(
                                FeatureConfig.logMel(8000, 10),
                                new ModelSize(6, 5, 2, 2, 0),
                                LetterCase.UPPER,
                                null,
                                new IntermediateConfig(0.3, conditioning)));
        textsOfFilesAreThoseOfTranscribeAloneAndInABatch();
    }

    @Test
    void soundInMemoryIsReadAsFilesAre() throws Exception {
        export();
        List<Path> sounds = sounds();
        try (ZooModel<Audio, Hypothesis> loaded =
                        criteria(Audio.class, Hypothesis.class).loadModel();
                Predictor<Audio, Hypothesis> predictor = loaded.newPredictor()) {
            List<String> texts = new ArrayList<>();
            for (Path sound : sounds) {
                Waveform wave = AudioFiles.read(sound);
                float[] stereo = new float[2 * wave.samples().length];
                for (int i = 0; i < stereo.length; i++) {
                    stereo[i] = wave.samples()[i / 2];
                }
                texts.add(predictor.predict(new Audio(stereo, wave.sampleRate(), 2)).text());
            }
            assertThat(texts).isEqualTo(transcribed(sounds));
            assertThatThrownBy(() -> predictor.predict(new Audio(new float[800])))
                    .rootCause()
                    .hasMessageContaining("audio of 800 values at 0 Hz in 0 channels: give it");
        }
    }

    @Test
    void aServerAnswersFilesAndADamagedOneDoesNotSpoilItsBatch() throws Exception {
        export();
        List<Path> sounds = sounds();
        byte[] wav = Files.readAllBytes(sounds.get(0));
        try (ZooModel<Input, Output> loaded = criteria(Input.class, Output.class).loadModel();
                Predictor<Input, Output> predictor = loaded.newPredictor()) {
            List<Output> answers =
                    predictor.batchPredict(
                            List.of(
                                    request(wav),
                                    request(Arrays.copyOf(wav, wav.length / 2)),
                                    request("Dear diary".getBytes(StandardCharsets.UTF_8)),
                                    new Input(),
                                    request(new byte[0]),
                                    request(Files.readAllBytes(sounds.get(3)))));
            assertThat(answers)
                    .extracting(Output::getCode)
                    .containsExactly(200, 400, 400, 400, 400, 200);
            assertThat(List.of(answers.get(0), answers.get(5)))
                    .extracting(answer -> body(answer).get("text").getAsString())
                    .isEqualTo(transcribed(List.of(sounds.get(0), sounds.get(3))));
            assertThat(answers.subList(1, 5))
                    .extracting(answer -> body(answer).get("error").getAsString())
                    .satisfiesExactly(
                            error ->
                                    assertThat(error).startsWith("request: audio file truncated: "),
                            error ->
                                    assertThat(error)
                                            .contains("neither WAV, AIFF, AU, SPHERE, FLAC"),
                            error -> assertThat(error).contains("has no content; send a file"),
                            error -> assertThat(error).contains("it has 0 bytes"));
            assertThat(predictor.predict(request(new byte[0])).getCode()).isEqualTo(400);
            double seconds = 0;
            for (var word : body(answers.get(0)).getAsJsonArray("words")) {
                seconds = word.getAsJsonObject().get("end").getAsDouble();
            }
            assertThat(seconds).isBetween(0.02, 0.52);
        }
    }

    @Test
    void aLexiconAndAnNBestListAreExported() throws Exception {
        Path words = Files.writeString(folder.resolve("my words.list.txt"), "BAD\nCAGE\n");
        Outcome outcome = export("--lexicon", words, "--nbest", 2, "--beam", 30);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Files.delete(words);
        try (ZooModel<Path, BeamSearchResult> loaded =
                        criteria(Path.class, BeamSearchResult.class).loadModel();
                Predictor<Path, BeamSearchResult> predictor = loaded.newPredictor()) {
            BeamSearchResult result = predictor.predict(sounds().get(0));
            assertThat(result.nBest()).hasSize(2);
            assertThat(result.best().text().split(" ")).isSubsetOf("BAD", "CAGE", "");
        }
        assertThat(Files.readAllLines(exported.resolve("serving.properties")))
                .contains(
                        "engine=PyTorch",
                        "option.modelName=speech",
                        "ctc.decoder=beam_search",
                        "ctc.lexicon=lexicon.list.txt",
                        "ctc.beamWidth=30",
                        "ctc.nBest=2",
                        "ctc.secondsPerFrame=0.02");
    }

    @Test
    void itNeedsNoneOfTheProgramsOtherLibraries() throws Exception {
        export();
        Path sound = sounds().get(3);
        Process process =
                ChildJvm.without(
                                name ->
                                        name.matches(
                                                "(picocli|freetts|progressbar|jline|javalin|kotlin|jetty|websocket).*"),
                                ServedFolder.class,
                                exported.toString(),
                                sound.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        JsonObject body = JsonParser.parseString(answer).getAsJsonObject();
        assertThat(List.of(body.get("text").getAsString())).isEqualTo(transcribed(List.of(sound)));
    }

    @Test
    void everyFileIsNamed() {
        Outcome outcome = export();
        Outcome again = export("--json");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(
                        exported.resolve("alphabet.json").toString(),
                        exported.resolve("checksums.sha256").toString(),
                        exported.resolve("model.json").toString(),
                        exported.resolve("speech-0000.params").toString(),
                        exported.resolve("serving.properties").toString());
        assertThat(again.events("file")).hasSize(5);
        assertThat(again.json().get(0).get("bytes").getAsLong()).isPositive();
    }

    @Test
    void anEarlierExportIsReplacedAndNothingElse() throws Exception {
        Path words = Files.writeString(folder.resolve("words.txt"), "BAD\nZOO\n");
        assertThat(export("--lexicon", words).err()).containsOnlyOnce("others are passed over");
        assertThat(exported.resolve("lexicon.txt")).exists();
        // As if an export had been killed while it moved its files.
        Files.createDirectory(exported.resolve(".exporting"));
        Files.move(
                exported.resolve("serving.properties"),
                exported.resolve(".exporting/serving.properties"));
        assertThat(export().exitCode()).isZero();
        try (var files = Files.list(exported)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "alphabet.json",
                            "checksums.sha256",
                            "model.json",
                            "speech-0000.params",
                            "serving.properties");
        }

        Files.writeString(exported.resolve("notes.txt"), "mine");
        Outcome other = export();
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains(
                        exported
                                + " holds notes.txt, which was not exported; name a new or an empty"
                                + " folder");
        assertThat(exported.resolve("notes.txt")).exists();
    }

    @Test
    void filesOutsideTheFolderAreNotDeletedWhateverItLists() throws Exception {
        export();
        Path outside = Files.writeString(folder.resolve("outside.txt"), "mine");
        Path properties = exported.resolve("serving.properties");
        String list = "replaces these files: ";
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replace(list, list + exported.relativize(outside) + " " + outside + " "));
        assertThat(export().exitCode()).isZero();
        assertThat(outside).hasContent("mine");
        assertThat(properties).content().doesNotContain("outside.txt");
    }

    @Test
    void propertiesThatAreNotUtf8AreNotReplaced() throws Exception {
        Path properties = Files.createDirectories(exported).resolve("serving.properties");
        Files.write(properties, "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(export().err()).contains(exported + " holds serving.properties, which was not");
    }

    @Test
    void inputsAreNotOverwritten() throws Exception {
        SpeechProgram.run("export", "--model", model, model)
                .assertWrongUsage("speech", "would overwrite " + model);
        Path words = Files.writeString(folder.resolve("words.txt"), "BAD\n");
        export("--lexicon", words);
        export("--lexicon", exported.resolve("lexicon.txt"))
                .assertWrongUsage("speech", "would overwrite " + exported.resolve("lexicon.txt"));
        assertThat(exported.resolve("lexicon.txt")).exists();
    }

    @Test
    void whatCannotBeExportedIsSaid() throws Exception {
        export("--beam", 3).assertWrongUsage("speech", "--beam has no meaning without --lm");
        export("--nbest", 0)
                .assertWrongUsage("speech", "--nbest must be from 1 to 100000, but is 0");
        Outcome missing = export("--lm", folder.resolve("none.arpa"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none.arpa");
        Outcome noModel = SpeechProgram.run("export", "--model", folder.resolve("no"), exported);
        assertThat(noModel.exitCode()).isEqualTo(2);
        assertThat(noModel.err()).contains("no usable model in " + folder.resolve("no"));
        Path features = saveUntrained("features", FeatureConfig.precomputed(3, 0.01), 5);
        Outcome precomputed = SpeechProgram.run("export", "--model", features, exported);
        assertThat(precomputed.exitCode()).isEqualTo(2);
        assertThat(precomputed.err()).contains("only one that reads sound can be exported");
        assertThat(exported).doesNotExist();
        Files.writeString(exported, "mine");
        Outcome file = export();
        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains(exported + " is not a folder; name one to export into");
    }

    @Test
    void aModelWithoutItsLengthsNamesTheArgument() throws Exception {
        export();
        Path properties = exported.resolve("serving.properties");
        Files.writeString(
                properties,
                Files.readString(properties).replace("ctc.lengths=int64", "ctc.lengths=none"));
        Input request = request(Files.readAllBytes(sounds().get(0)));
        try (ZooModel<Input, Output> model = criteria(Input.class, Output.class).loadModel();
                Predictor<Input, Output> predictor = model.newPredictor()) {
            assertThatThrownBy(() -> predictor.predict(request))
                    .rootCause()
                    .hasMessageContaining("set ctc.lengths=int64");
        }
    }

    @Test
    void filesThatDoNotFitTogetherAreNamedWhenTheModelIsLoaded() throws Exception {
        export();
        Criteria<Input, Output> criteria = criteria(Input.class, Output.class);
        Path config = exported.resolve("model.json");
        String json = Files.readString(config);

        Files.writeString(config, json.replace("\"stateSize\": 5", "\"stateSize\": 4"));
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(config + " is not the file that was saved");

        // An export of an earlier version.
        Files.delete(exported.resolve("checksums.sha256"));
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("the parameters are of another model: ");

        Files.writeString(config, json.replace("\"stateSize\": 5", "\"stateSize\": 2000000000"));
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state size 2000000000 is not from 1 to 10000");

        Files.writeString(config, json);
        Path parameters = exported.resolve("speech-0000.params");
        byte[] bytes = Files.readAllBytes(parameters);
        Files.write(parameters, Arrays.copyOf(bytes, bytes.length - 8));
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("the parameters are damaged, or the file is cut off: export");

        Files.write(parameters, new byte[0]);
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(parameters + " is empty or damaged");

        Files.write(parameters, bytes);
        Files.delete(exported.resolve("alphabet.json"));
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("alphabet.json");
    }
}
