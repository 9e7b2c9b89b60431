package io.github.djlctc.examples.common.serving;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;

import io.github.djlctc.examples.common.train.FileChecksums;
import io.github.djlctc.examples.common.train.ModelConfigFile;
import io.github.djlctc.examples.common.train.ModelFiles;
import io.github.djlctc.examples.common.train.ParameterShapes;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes the block of an exported model, from {@code model.json} and {@code alphabet.json} in its
 * folder. Sizes are checked before anything is allocated, and parameters when they are loaded.
 *
 * @param <C> the configuration of the model, a record that checks its values
 */
public abstract class RecogniserBlockFactory<C extends Record> implements BlockFactory {

    private static final long serialVersionUID = 1L;

    private static final int FRAMES = 100;

    /** What DJL's files of parameters begin with. */
    private static final String MAGIC = "DJL@";

    /** The type of the configuration. */
    private final Class<C> type;

    /**
     * Creates the factory.
     *
     * @param type the configuration
     */
    protected RecogniserBlockFactory(Class<C> type) {
        this.type = type;
    }

    /**
     * Makes the block.
     *
     * @param config its configuration
     * @param classes the size of its alphabet
     * @return the block, not initialised; it takes features (N,T,F) and lengths (N)
     */
    protected abstract Block block(C config, int classes);

    /**
     * Returns how many values a frame of features has.
     *
     * @param config the configuration
     * @return F
     */
    protected abstract int dimensions(C config);

    /**
     * Makes the block of a folder. Loading it throws a {@link ai.djl.MalformedModelException} if
     * parameters are missing, or of another shape or type.
     *
     * @param model the model that is going to have the block
     * @param folder the folder that was exported
     * @param arguments ignored
     * @throws IOException if a file is missing, damaged or not that of the export, or a size in it
     *     is out of its range
     */
    @Override
    public final Block newBlock(Model model, Path folder, Map<String, ?> arguments)
            throws IOException {
        String parameters = ModelFiles.parameterFile(model.getName());
        FileChecksums.check(
                folder, List.of(ModelConfigFile.NAME, ExportedFolder.ALPHABET, parameters));
        C config = ModelConfigFile.read(folder, type);
        checkStart(folder.resolve(parameters));
        int classes = alphabet(folder.resolve(ExportedFolder.ALPHABET)).size();
        try {
            ParameterShapes shapes =
                    ParameterShapes.expected(
                            model.getNDManager(),
                            block(config, classes),
                            new Shape(1, FRAMES, dimensions(config)),
                            new Shape(1));
            return new ServedBlock(block(config, classes), shapes);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(ModelConfigFile.NAME) + ": " + e.getMessage(), e);
        }
    }

    /** DJL's error for an empty file says nothing; one that is missing it names itself. */
    private static void checkStart(Path parameters) throws IOException {
        if (!Files.isRegularFile(parameters)) {
            return;
        }
        try (InputStream in = Files.newInputStream(parameters)) {
            byte[] start = in.readNBytes(MAGIC.length());
            if (!new String(start, StandardCharsets.US_ASCII).equals(MAGIC)) {
                throw new IOException(
                        parameters
                                + " is empty or damaged: it begins not with "
                                + MAGIC
                                + "; export the model again");
            }
        }
    }

    private static Alphabet alphabet(Path file) throws IOException {
        try {
            return Alphabet.ofJson(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
