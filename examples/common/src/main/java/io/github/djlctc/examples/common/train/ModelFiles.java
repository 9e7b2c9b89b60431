package io.github.djlctc.examples.common.train;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The files of a model in its folder: {@code model.json} with its configuration, {@code
 * alphabet.txt}, DJL's parameters, and the {@link FileChecksums} of these.
 */
public final class ModelFiles {

    private static final String ALPHABET_FILE = "alphabet.txt";
    private static final String EPOCH = "0";
    private static final String TEMPORARY_FOLDER = ".saving";

    private final Model model;
    private final Alphabet alphabet;
    private final Object config;

    /**
     * Creates the files of a model.
     *
     * @param model the model; its parameters are in a file of its name
     * @param alphabet its classes
     * @param config its configuration, a record that Gson can write and read
     */
    public ModelFiles(Model model, Alphabet alphabet, Object config) {
        this.model = model;
        this.alphabet = alphabet;
        this.config = config;
    }

    /**
     * Loads a model.
     *
     * @param <C> the type of its configuration, a record
     * @param <M> the type of the model
     * @param folder the folder it was saved to
     * @param type the type of its configuration
     * @param letterCase what the configuration says becomes of letters
     * @param maker makes a model without parameters
     * @return the model
     * @throws ModelFormatException if files are missing, damaged or of another model
     */
    public static <C, M extends RecognitionModel> M load(
            Path folder,
            Class<C> type,
            Function<C, LetterCase> letterCase,
            BiFunction<C, Alphabet, M> maker)
            throws ModelFormatException {
        try {
            FileChecksums.check(folder, List.of(ModelConfigFile.NAME, ALPHABET_FILE));
            C config = ModelConfigFile.read(folder, type);
            Alphabet alphabet =
                    Alphabet.read(folder.resolve(ALPHABET_FILE)).toBuilder()
                            .optLetterCase(letterCase.apply(config))
                            .build();
            return loaded(maker.apply(config, alphabet), folder);
        } catch (EngineStartException e) {
            throw e; // The model may be usable.
        } catch (IOException | MalformedModelException | RuntimeException e) {
            throw new ModelFormatException(
                    "no usable model in " + folder + " (train one first): " + ErrorText.of(e), e);
        }
    }

    private static <M extends RecognitionModel> M loaded(M model, Path folder)
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
        String parameters = parameterFile(model.getName());
        Path configFile = temporary.resolve(ModelConfigFile.NAME);
        OutputFileException.guard(configFile, () -> ModelConfigFile.write(config, temporary));
        Path alphabetFile = temporary.resolve(ALPHABET_FILE);
        // The configuration has the letter case.
        Alphabet classes = alphabet.toBuilder().optLetterCase(LetterCase.KEEP).build();
        OutputFileException.guard(alphabetFile, () -> classes.write(alphabetFile));
        model.setProperty("Epoch", EPOCH);
        OutputFileException.guard(
                temporary.resolve(parameters), () -> model.save(temporary, model.getName()));
        boolean sameForm =
                isSame(ModelConfigFile.NAME, temporary, folder)
                        && isSame(ALPHABET_FILE, temporary, folder);
        if (!sameForm) {
            // The old parameters beside the new configuration would be a wrong model.
            Files.deleteIfExists(folder.resolve(parameters));
        }
        moveIn(temporary, folder, List.of(ModelConfigFile.NAME, ALPHABET_FILE, parameters));
        delete(temporary);
    }

    /** Deletes the folder with what a process left in it that was killed while it saved. */
    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void moveIn(Path temporary, Path folder, List<String> files) throws IOException {
        String checksums = FileChecksums.of(temporary, files);
        List<String> replaced =
                files.stream().filter(file -> Files.exists(folder.resolve(file))).toList();
        // While files are replaced one by one, the earlier ones are as right.
        FileChecksums.write(folder, checksums + FileChecksums.of(folder, replaced));
        for (String file : files) {
            AtomicFile.replace(temporary.resolve(file), folder.resolve(file));
        }
        FileChecksums.write(folder, checksums);
    }

    private static boolean isSame(String file, Path folder, Path other) throws IOException {
        return Files.exists(other.resolve(file))
                && Files.mismatch(folder.resolve(file), other.resolve(file)) == -1;
    }

    /**
     * Puts back the parameters that were saved.
     *
     * @param folder the folder that the model was saved to
     * @param untrained a block like that of the model, not initialised, for the expected shapes
     * @param inputShapes the shapes that it is initialised with
     * @throws IOException if the file cannot be read; the message names it, as that of the next
     * @throws MalformedModelException if the parameters are damaged, or of another model
     */
    public void loadParameters(Path folder, Block untrained, Shape... inputShapes)
            throws IOException, MalformedModelException {
        model.getBlock().getParameters().values().forEach(Parameter::close);
        Path file = folder.resolve(parameterFile(model.getName()));
        if (Files.exists(folder.resolve(FileChecksums.NAME))) {
            FileChecksums.check(folder, List.of(parameterFile(model.getName())));
        }
        try {
            model.load(folder, model.getName(), Map.of("epoch", EPOCH));
            ParameterShapes.expected(model.getNDManager(), untrained, inputShapes)
                    .check(model.getBlock());
            // Names the inputs, without which DJL does not save the block again.
            model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, inputShapes);
        } catch (OutOfMemoryError e) {
            // DJL allocates the sizes that the file claims before it reads the values.
            throw new MalformedModelException(
                    file + ": the parameters are damaged: a size is absurd", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + ErrorText.of(e), e);
        } catch (MalformedModelException | RuntimeException e) {
            throw new MalformedModelException(file + ": " + ErrorText.of(e), e);
        }
    }

    /**
     * Returns the name of the file of the parameters.
     *
     * @param modelName the name of DJL's model
     * @return the file name
     */
    public static String parameterFile(String modelName) {
        return modelName + "-0000.params";
    }
}
