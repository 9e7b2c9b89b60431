package io.github.djlctc.testdata;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the files that tests read: those of this module, which every clone has, and those of the
 * folder {@code shared} beside the repository, which may be absent.
 */
public final class TestData {

    private static final Map<String, Path> OWN = new ConcurrentHashMap<>();

    private TestData() {}

    /**
     * Returns a file of this module.
     *
     * @param name its path among the resources of this package, as {@code "lm/3gram.arpa"}
     * @return a copy that lives as long as the JVM; it must not be changed
     * @throws IllegalArgumentException if there is no such resource
     */
    public static Path own(String name) {
        return OWN.computeIfAbsent(name, TestData::copy);
    }

    /**
     * Returns a file or folder of the public corpora, and skips the test where the corpus is
     * absent.
     *
     * @param corpus the corpus that it belongs to
     * @param name its path in the folder {@code shared}, as {@code "data/an4/dev.jsonl"}
     * @return the path of what exists
     */
    public static Path of(PublicCorpus corpus, String name) {
        Path path = sharedPath(name);
        Assumptions.assumeTrue(Files.exists(path), () -> corpus.need() + ": there is no " + path);
        return path;
    }

    /**
     * Returns a file or folder of the folder {@code shared}, if it is there.
     *
     * @param name its path in the folder
     * @return the path of what exists, or nothing
     */
    public static Optional<Path> shared(String name) {
        return Optional.of(sharedPath(name)).filter(Files::exists);
    }

    private static Path sharedPath(String name) {
        return repository().resolveSibling("shared").resolve(name);
    }

    /** Returns the folder around the working directory that holds Maven's settings. */
    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("tests run in a folder of the repository");
            }
        }
        return folder;
    }

    /** Copies a resource out of the jar that it may be in: models are mapped into memory. */
    private static Path copy(String name) {
        try (InputStream in = TestData.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name + " beside TestData");
            }
            Path folder = Files.createTempDirectory("test-data");
            Path file = folder.resolve(Path.of(name).getFileName());
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            Files.copy(in, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
