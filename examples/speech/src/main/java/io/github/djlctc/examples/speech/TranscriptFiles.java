package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.UniqueNames;
import io.github.djlctc.examples.speech.transcript.TranscriptFormat;
import io.github.djlctc.file.AtomicFile;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that transcripts are written to: one for each input, named after it, in one folder. */
final class TranscriptFiles {

    private final Path folder;
    private final Map<Path, Path> targets = new LinkedHashMap<>();

    /**
     * Names the files.
     *
     * @param folder the folder of all of them
     * @param format what their names end with
     * @param inputs the inputs; where two have the same name, the later one gets a number
     */
    TranscriptFiles(Path folder, TranscriptFormat format, List<Path> inputs) {
        this.folder = folder;
        UniqueNames names = new UniqueNames("-");
        for (Path input : new LinkedHashSet<>(inputs)) {
            String name = names.take(baseName(input), "." + format.extension());
            targets.put(input, folder.resolve(name));
        }
    }

    private static String baseName(Path input) {
        if (SoundInput.isStandardInput(input)) {
            return "stdin";
        }
        String name = input.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Returns an input that one of the files would be written over. */
    Optional<Path> overwritten() throws IOException {
        Map<Path, Path> inputs = new HashMap<>();
        for (Path input : targets.keySet()) {
            if (Files.exists(input)) {
                inputs.put(input.toRealPath(), input);
            }
        }
        for (Path target : targets.values()) {
            if (Files.exists(target) && inputs.containsKey(target.toRealPath())) {
                return Optional.of(inputs.get(target.toRealPath()));
            }
        }
        return Optional.empty();
    }

    void createFolder() throws IOException {
        Files.createDirectories(folder);
    }

    /** Tells whether there is a transcript of an input that is no older than the input. */
    boolean isDone(Path input) throws IOException {
        Path target = targets.get(input);
        return Files.isRegularFile(target)
                && Files.isRegularFile(input)
                && Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(input))
                        >= 0;
    }

    /**
     * Writes the transcript of an input, over an earlier one.
     *
     * @return the file
     */
    Path write(Path input, String content) throws OutputFileException, FileSystemException {
        Path target = targets.get(input);
        OutputFileException.guard(target, () -> AtomicFile.writeString(target, content));
        return target;
    }
}
