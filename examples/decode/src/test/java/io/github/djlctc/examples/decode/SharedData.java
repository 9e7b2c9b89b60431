package io.github.djlctc.examples.decode;

import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data that is handed over outside the repository. */
final class SharedData {

    private static final Path ROOT = Path.of("../../../shared");

    private SharedData() {}

    /** Returns a file, and skips the test where it is not there. */
    static Path file(String name) {
        Path file = ROOT.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
        return file;
    }
}
