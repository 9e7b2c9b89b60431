package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Models that KenLM made of the transcripts of AN4, and models written by hand. */
final class Fixtures {

    static final Path FOLDER = Path.of("../../shared/fixtures/lm");

    private Fixtures() {}

    static void assumePresent() {
        assumeTrue(Files.isDirectory(FOLDER), "no models at " + FOLDER.toAbsolutePath());
    }

    static NGramModel read(String name) throws IOException {
        return NGramModel.read(FOLDER.resolve(name));
    }

    static Path gzip(Path file, Path folder) throws IOException {
        Path compressed = folder.resolve(file.getFileName() + ".gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(file, out);
        }
        return compressed;
    }
}
