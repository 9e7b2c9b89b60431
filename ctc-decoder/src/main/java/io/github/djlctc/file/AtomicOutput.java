package io.github.djlctc.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a file a part at a time into a neighbour, which {@link #finish} moves over it: whenever
 * the process or the machine stops, the file has either its old content or all of the new one. What
 * is no file, such as a pipe or {@code /dev/stdout}, is written directly, behind what is there.
 *
 * <pre>{@code
 * try (AtomicOutput out = AtomicOutput.create(file)) {
 *     out.write(bytes);
 *     out.finish();
 * }
 * }</pre>
 *
 * <p>Buffered. For one thread at a time.
 */
public final class AtomicOutput extends OutputStream {

    private final Path target;

    /** Nothing if the target is written directly. */
    private final Optional<Path> neighbour;

    private final OutputStream out;

    private AtomicOutput(Path target, Optional<Path> neighbour, OutputStream out) {
        this.target = target;
        this.neighbour = neighbour;
        this.out = new BufferedOutputStream(out);
    }

    /**
     * Starts a file.
     *
     * @param file the file to create or to replace; of a link, what it leads to
     * @return its output, to be closed by the caller
     * @throws FileSystemException if its folder is missing, or it is a folder
     * @throws IOException if a file cannot be created there
     */
    public static AtomicOutput create(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (AtomicFile.isDevice(file)) {
            // A shell may have opened a file to append to it.
            StandardOpenOption access =
                    Files.isRegularFile(file)
                            ? StandardOpenOption.APPEND
                            : StandardOpenOption.WRITE;
            return new AtomicOutput(file, Optional.empty(), Files.newOutputStream(file, access));
        }
        Path target = Files.isRegularFile(file) ? file.toRealPath() : file;
        Path neighbour = AtomicFile.partial(target);
        OutputStream out =
                Files.newOutputStream(
                        neighbour, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new AtomicOutput(target, Optional.of(neighbour), out);
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /**
     * Completes the file and moves it to its place.
     *
     * @throws IOException if that fails; the file is then as it was
     */
    public void finish() throws IOException {
        out.close();
        if (neighbour.isPresent()) {
            AtomicFile.replace(neighbour.get(), target);
        }
    }

    /**
     * Ends writing. Without {@link #finish}, the file is as it was.
     *
     * @throws IOException if what was written cannot be deleted
     */
    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            if (neighbour.isPresent()) {
                Files.deleteIfExists(neighbour.get());
            }
        }
    }
}
