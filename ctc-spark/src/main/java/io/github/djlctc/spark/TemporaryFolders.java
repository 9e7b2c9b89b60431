package io.github.djlctc.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Folders that are deleted when this process ends, unless before. */
final class TemporaryFolders {

    private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> FOLDERS.forEach(ModelArchive::delete),
                                "djl-ctc-temporary-folders"));
    }

    private TemporaryFolders() {}

    static Path create() throws IOException {
        Path folder = Files.createTempDirectory("djl-ctc-model").toRealPath();
        FOLDERS.add(folder);
        return folder;
    }

    static void delete(Path folder) {
        ModelArchive.delete(folder);
        FOLDERS.remove(folder);
    }
}
