package io.github.djlctc.examples.common.serving;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.train.FileChecksums;
import io.github.djlctc.examples.common.train.ModelConfigFile;
import io.github.djlctc.examples.common.train.ModelFiles;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder that {@link ai.djl.repository.zoo.Criteria.Builder#optModelPath} loads: parameters,
 * {@code model.json}, {@code alphabet.json} and their checksums, {@code serving.properties}, and
 * copies of the files that its arguments name.
 *
 * <p>Whenever the process stops, DJL loads the earlier model of the folder, the new one, or none,
 * never a mixture: {@code serving.properties}, without which nothing is loaded, is taken away first
 * and put there last.
 */
public final class ExportedFolder {

    static final String ALPHABET = "alphabet.json";

    private static final String STAGE = ".exporting";

    private final Path folder;
    private final Path stage;
    private final Set<String> replaceable;

    private ExportedFolder(Path folder, Set<String> replaceable) {
        this.folder = folder;
        this.replaceable = replaceable;
        stage = folder.resolve(STAGE);
    }

    /**
     * Checks that a folder can be written.
     *
     * @param folder a folder that does not exist, is empty, or was written by an export
     * @return the folder; nothing is written yet
     * @throws IOException if the folder holds something else, or is none
     */
    public static ExportedFolder at(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; name one to export into");
        }
        Set<String> replaceable = new TreeSet<>(ServingProperties.replaceable(folder));
        // What an export that was killed had not moved yet.
        replaceable.addAll(ServingProperties.replaceable(folder.resolve(STAGE)));
        List<String> present = names(folder);
        // The folder may come from elsewhere, and list files that lie outside it.
        replaceable.retainAll(present);
        Optional<String> other =
                present.stream()
                        .filter(name -> !name.equals(STAGE) && !replaceable.contains(name))
                        .findFirst();
        if (other.isPresent()) {
            throw new IOException(
                    "%s holds %s, which was not exported; name a new or an empty folder"
                            .formatted(folder, other.get()));
        }
        return new ExportedFolder(folder, replaceable);
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * Finds a file that lies in the folder, and so would be replaced.
     *
     * @param folder the folder to export into
     * @param inputs files and folders that are read
     * @return the first one that does, or the folder itself
     * @throws IOException if the real path of a file cannot be found
     */
    public static Optional<Path> findInside(Path folder, Collection<Path> inputs)
            throws IOException {
        if (Files.exists(folder)) {
            Path real = folder.toRealPath();
            for (Path input : inputs) {
                if (Files.exists(input) && input.toRealPath().startsWith(real)) {
                    return Optional.of(input);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Writes a model, over an earlier one.
     *
     * @param source the folder that the model was trained in, or loaded from
     * @param alphabet its classes, with all their settings
     * @param model what DJL has to know of it
     * @param arguments what else {@code serving.properties} says
     * @return the files written
     * @throws IOException if a file cannot be copied or written
     */
    public List<Path> write(
            Path source, Alphabet alphabet, ServedModel model, ServingArguments arguments)
            throws IOException {
        delete(stage);
        OutputFileException.guard(folder, () -> Files.createDirectories(stage));
        try {
            String parameters = ModelFiles.parameterFile(model.name());
            copy(source.resolve(parameters), parameters);
            copy(source.resolve(ModelConfigFile.NAME), ModelConfigFile.NAME);
            write(alphabet.toJson() + "\n", ALPHABET);
            write(
                    FileChecksums.of(stage, List.of(ModelConfigFile.NAME, ALPHABET, parameters)),
                    FileChecksums.NAME);
            for (Map.Entry<String, Path> copied : arguments.copies().entrySet()) {
                copy(copied.getValue(), copied.getKey());
            }
            for (Map.Entry<String, String> made : arguments.texts().entrySet()) {
                write(made.getValue(), made.getKey());
            }
            List<String> written = new ArrayList<>(names(stage));
            written.add(ServingProperties.NAME);
            Set<String> all = new TreeSet<>(replaceable);
            all.addAll(written);
            write(ServingProperties.text(model, arguments.values(), all), ServingProperties.NAME);
            OutputFileException.guard(folder, () -> moveIn(written));
            return written.stream().map(folder::resolve).toList();
        } finally {
            delete(stage);
        }
    }

    private void copy(Path file, String name) throws IOException {
        Path target = stage.resolve(name);
        OutputFileException.guard(target, () -> Files.copy(file, target));
    }

    private void write(String text, String name) throws IOException {
        Path target = stage.resolve(name);
        OutputFileException.guard(target, () -> Files.writeString(target, text));
    }

    /** Moves what is staged, {@code serving.properties} as the last. */
    private void moveIn(List<String> written) throws IOException {
        Files.deleteIfExists(folder.resolve(ServingProperties.NAME));
        for (String name : replaceable) {
            if (!written.contains(name)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        for (String name : written) {
            AtomicFile.replace(stage.resolve(name), folder.resolve(name));
        }
    }

    private static void delete(Path stage) throws IOException {
        if (Files.exists(stage)) {
            for (String name : names(stage)) {
                Files.delete(stage.resolve(name));
            }
            Files.delete(stage);
        }
    }
}
