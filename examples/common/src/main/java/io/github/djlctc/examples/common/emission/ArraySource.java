package io.github.djlctc.examples.common.emission;

import io.github.djlctc.numpy.NumpyArray;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Arrays by name, read one at a time; several threads may read at once. */
interface ArraySource extends Closeable {

    /**
     * Opens an archive, a folder of arrays, or a single array.
     *
     * @throws IOException if it cannot be read
     */
    static ArraySource open(Path source) throws IOException {
        if (Files.isDirectory(source)) {
            return ArrayFiles.inFolder(source);
        }
        return ArrayFiles.isOne(source) ? ArrayFiles.of(source) : new ArrayArchive(source);
    }

    /** Returns the names, in the order of the arrays. */
    List<String> names();

    /** Returns the length of each dimension of an array. */
    int[] shape(String name) throws IOException;

    /** Reads an array. */
    NumpyArray read(String name) throws IOException;
}
