package io.github.djlctc.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces files atomically: whenever the process or the machine stops, the file has either its old
 * content or all of the new one.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes a file through to disk and moves it over another.
     *
     * @param temporary the finished file, on the same file system as the target
     * @param target the file to create or to replace
     * @throws IOException if that fails; the target is unchanged then
     */
    public static void replace(Path temporary, Path target) throws IOException {
        force(temporary, StandardOpenOption.WRITE);
        Files.move(
                temporary,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Path folder = target.toAbsolutePath().getParent();
        if (!isWindows()) {
            // The folder records the move, so it is forced to disk too; Windows cannot open
            // folders.
            force(folder, StandardOpenOption.READ);
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
