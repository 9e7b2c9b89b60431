package io.github.djlctc.examples.common.emission;

import io.github.djlctc.numpy.NumpyArray;
import io.github.djlctc.numpy.NumpyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The {@code .npy} files of a folder, in the order of their names, or one such file. */
final class ArrayFiles implements ArraySource {

    private static final String EXTENSION = ".npy";

    private final Map<String, Path> files = new LinkedHashMap<>();

    private ArrayFiles(List<Path> files) {
        for (Path file : files) {
            String name = file.getFileName().toString();
            this.files.put(name.substring(0, name.length() - EXTENSION.length()), file);
        }
    }

    static boolean isOne(Path file) {
        return file.toString().endsWith(EXTENSION);
    }

    static ArrayFiles of(Path file) {
        return new ArrayFiles(List.of(file));
    }

    static ArrayFiles inFolder(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return new ArrayFiles(inside.filter(ArrayFiles::isOne).sorted().toList());
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public int[] shape(String name) throws IOException {
        return NumpyFile.readShape(files.get(name));
    }

    @Override
    public NumpyArray read(String name) throws IOException {
        return NumpyFile.read(files.get(name));
    }

    @Override
    public void close() {
        // Each file is closed when it has been read.
    }
}
