package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be decoded.
 *
 * @param name what errors call it
 * @param in the content, which can be marked
 * @param bytes how many bytes it has at most
 * @param onDisk the file that holds it, if one does
 */
record AudioContent(Path name, InputStream in, long bytes, Optional<Path> onDisk) {

    /** Writes the rest of the content to a new file, which the caller deletes. */
    Path spool() throws IOException {
        Path file = Files.createTempFile("audio", ".bin");
        try {
            try (var out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
