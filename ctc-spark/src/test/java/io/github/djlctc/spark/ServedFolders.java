package io.github.djlctc.spark;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.examples.common.serving.ExportedFolder;
import io.github.djlctc.examples.common.serving.ServedModel;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.serving.HtrBlockFactory;
import io.github.djlctc.examples.htr.serving.HtrTranslatorFactory;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.serving.SpeechBlockFactory;
import io.github.djlctc.examples.speech.serving.SpeechTranslatorFactory;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Random;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Models that have learnt nothing, exported, and what they are given to recognise. */
public final class ServedFolders {

    static final String PROPERTIES = "serving.properties";

    private static final int RATE = 8000;

    private ServedFolders() {}

    /** Exports a speech model. */
    public static Path speech(Path folder) throws IOException {
        ModelConfig config =
                new ModelConfig(
                        FeatureConfig.logMel(RATE, 10),
                        new ModelSize(6, 5, 1, 2, 0),
                        LetterCase.UPPER);
        Path trained = folder.resolve("speech-trained");
        Path exported = folder.resolve("speech");
        try (SpeechModel model = SpeechModel.create(config, Alphabet.ofCharacters(" ABCDEFGH"))) {
            initialize(model.djlModel(), model.inputShapes(), 2);
            model.save(trained);
            ExportedFolder.at(exported)
                    .write(
                            trained,
                            model.alphabet(),
                            new ServedModel(
                                    model.djlModel().getName(),
                                    SpeechBlockFactory.class,
                                    SpeechTranslatorFactory.class,
                                    OptionalDouble.of(model.secondsPerFrame())),
                            new ServingArguments());
        }
        return exported;
    }

    /** Exports a reader of lines. */
    static Path htr(Path folder) throws IOException {
        io.github.djlctc.examples.htr.model.ModelConfig config =
                new io.github.djlctc.examples.htr.model.ModelConfig(
                        new io.github.djlctc.examples.htr.model.ModelSize(16, 4, 6, 2, 0),
                        0.1f,
                        LetterCase.KEEP);
        Path trained = folder.resolve("htr-trained");
        Path exported = folder.resolve("htr");
        try (HtrModel model = HtrModel.create(config, Alphabet.ofCharacters(" I-O"))) {
            initialize(model.djlModel(), model.inputShapes(), 5);
            model.save(trained);
            ExportedFolder.at(exported)
                    .write(
                            trained,
                            model.alphabet(),
                            new ServedModel(
                                    model.djlModel().getName(),
                                    HtrBlockFactory.class,
                                    HtrTranslatorFactory.class,
                                    OptionalDouble.empty()),
                            new ServingArguments());
        }
        return exported;
    }

    private static void initialize(Model model, Shape[] shapes, int seed) {
        Engine.getInstance().setRandomSeed(seed);
        model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, shapes);
    }

    /** Changes a line of the properties of a folder. */
    static void setProperty(Path folder, String name, String value) throws IOException {
        Path file = folder.resolve(PROPERTIES);
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith(name + "=")) {
                text.append(line).append('\n');
            }
        }
        Files.writeString(file, text.append(name).append('=').append(value).append('\n'));
    }

    /** Writes noise, another for each number of samples. */
    public static Path noise(Path file, int samples) throws IOException {
        byte[] data = new byte[2 * samples];
        new Random(samples).nextBytes(data);
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(data),
                        new AudioFormat(RATE, 16, 1, true, false),
                        samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }
}
