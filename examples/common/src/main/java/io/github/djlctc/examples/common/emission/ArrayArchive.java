package io.github.djlctc.examples.common.emission;

import io.github.djlctc.numpy.NpzArchive;
import io.github.djlctc.numpy.NumpyArray;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The arrays of an {@code .npz} archive, in its order. */
final class ArrayArchive implements ArraySource {

    private final NpzArchive archive;

    ArrayArchive(Path file) throws IOException {
        archive = NpzArchive.open(file);
    }

    @Override
    public List<String> names() {
        return List.copyOf(archive.names());
    }

    @Override
    public int[] shape(String name) throws IOException {
        return archive.readShape(name);
    }

    @Override
    public NumpyArray read(String name) throws IOException {
        return archive.read(name);
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
