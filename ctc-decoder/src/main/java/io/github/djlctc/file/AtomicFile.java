package io.github.djlctc.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Replaces files atomically: whenever the process or the machine stops, the file has either its old
 * content or all of the new one.
 */
public final class AtomicFile {

    private static final Path DEVICES = Path.of("/dev");

    /** A folder of files that are in memory. */
    private static final Path SHARED_MEMORY = DEVICES.resolve("shm");

    private AtomicFile() {}

    /**
     * Checks that a file to write is in a folder that exists, and is neither a folder nor a device.
     *
     * @param target the file to create or to replace
     * @throws FileSystemException if it is not; the message says which folder is missing
     */
    public static void checkTarget(Path target) throws FileSystemException {
        Objects.requireNonNull(target, "target");
        if (target.getFileName() == null || Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "this is a folder; name a file");
        }
        if (isDevice(target)) {
            throw new FileSystemException(
                    target.toString(), null, "this is a device or a pipe; name a file");
        }
        Path folder = target.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(
                    target.toString(),
                    null,
                    "there is no folder " + folder + "; create it, or write elsewhere");
        }
    }

    /**
     * Names a file to write first, which {@link #replace} then moves over the target.
     *
     * @param target the file to create or to replace
     * @return a neighbour of the target with a name that no other file has
     * @throws FileSystemException as for {@link #checkTarget}
     */
    public static Path partial(Path target) throws FileSystemException {
        checkTarget(target);
        return target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".partial");
    }

    /**
     * Writes a file through to disk and moves it over another.
     *
     * @param temporary the finished file, on the same file system as the target
     * @param target the file to create or to replace
     * @throws IOException if that fails; the target is unchanged then
     */
    public static void replace(Path temporary, Path target) throws IOException {
        Objects.requireNonNull(temporary, "temporary");
        Objects.requireNonNull(target, "target");
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

    /**
     * Writes a text file, over another or a new one.
     *
     * @param target the file; a neighbour with another name is written first, unless it is a device
     * @param text its whole content, written as UTF-8
     * @throws IOException if that fails; the target is then as it was
     */
    public static void writeString(Path target, String text) throws IOException {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(text, "text");
        // Unlike String.getBytes, it fails at what UTF-8 cannot encode.
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        write(target, content);
    }

    /**
     * Writes a file, over another or a new one.
     *
     * @param target the file; a neighbour with another name is written first, unless it is a device
     * @param content its whole content
     * @throws IOException if that fails; the target is then as it was
     */
    public static void write(Path target, byte[] content) throws IOException {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(content, "content");
        try (AtomicOutput out = AtomicOutput.create(target)) {
            out.write(content);
            out.finish();
        }
    }

    /**
     * Tells whether there is something that is no file to replace, such as a pipe or a device.
     *
     * @param path where to write
     * @return whether it exists and is neither a file nor a folder, or is in {@code /dev} but not
     *     in {@code /dev/shm}: {@code /dev/stdout} may lead to a file that a shell has opened
     */
    public static boolean isDevice(Path path) {
        Objects.requireNonNull(path, "path");
        Path absolute = path.toAbsolutePath();
        boolean isAmongDevices =
                absolute.startsWith(DEVICES) && !absolute.startsWith(SHARED_MEMORY);
        return Files.exists(path)
                && !Files.isDirectory(path)
                && (!Files.isRegularFile(path) || isAmongDevices);
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
