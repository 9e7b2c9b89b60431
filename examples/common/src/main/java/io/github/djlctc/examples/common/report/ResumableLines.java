package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.file.AtomicOutput;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of JSON lines that grows beside its place, and is moved there when it is whole. A run that
 * ends early leaves the lines that it has written, and another one with the same key goes on after
 * them, but not while it runs. Each line is handed to the system as it is written, so that it
 * outlives the process.
 *
 * <p>What is no file, such as a pipe, is written directly. For one thread at a time.
 */
public final class ResumableLines implements Closeable {

    private static final String PARTIAL = ".partial";

    /** Behind all lines, since Windows lets no one else read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;

    /** Nothing if the file is written directly. */
    private final Optional<Path> growing;

    private final OutputStream out;
    private int lines;

    private ResumableLines(Path file, Optional<Path> growing, OutputStream out, int lines) {
        this.file = file;
        this.growing = growing;
        this.out = out;
        this.lines = lines;
    }

    /** Takes a line that an earlier run wrote. */
    @FunctionalInterface
    public interface EarlierLine {

        /**
         * Takes a line.
         *
         * @param line its object; that it lacks something shows by the exceptions of JSON objects
         */
        void accept(JsonObject line);
    }

    /**
     * Starts a file.
     *
     * @param file the file to create or to replace; of a link, what it leads to
     * @param key what is in the name of the lines while they grow, for runs that would write the
     *     same lines
     * @return the lines, to be closed by the caller
     * @throws IOException if the file cannot be created, or another run with the key is at it
     */
    public static ResumableLines create(Path file, String key) throws IOException {
        if (AtomicFile.isDevice(file)) {
            return new ResumableLines(file, Optional.empty(), AtomicOutput.create(file), 0);
        }
        return open(file, key, channel -> 0);
    }

    /**
     * Goes on with what an earlier run has left, or starts a file if there is nothing. A line that
     * was not ended is left out.
     *
     * @param file the file to create or to replace; of a link, what it leads to
     * @param key the key of the earlier run
     * @param earlier takes its lines
     * @return the lines, to be closed by the caller
     * @throws IOException if the lines cannot be read, are no such JSON, the file cannot be
     *     created, or another run with the key is at it
     */
    public static ResumableLines resume(Path file, String key, EarlierLine earlier)
            throws IOException {
        return AtomicFile.isDevice(file)
                ? create(file, key)
                : open(file, key, channel -> read(channel, earlier, file));
    }

    /** Finds where to go on in lines. */
    @FunctionalInterface
    private interface Start {

        /**
         * Leaves the position behind the lines that are kept.
         *
         * @return their number
         */
        int find(FileChannel lines) throws IOException;
    }

    private static ResumableLines open(Path file, String key, Start start) throws IOException {
        AtomicFile.checkTarget(file);
        Path target = target(file);
        Path growing = growing(target, key);
        FileChannel channel =
                FileChannel.open(
                        growing,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean usable = false;
        try {
            lock(channel, growing);
            int lines = start.find(channel);
            channel.truncate(channel.position());
            usable = true;
            OutputStream out = Channels.newOutputStream(channel);
            return new ResumableLines(target, Optional.of(growing), out, lines);
        } finally {
            if (!usable) {
                channel.close();
            }
        }
    }

    /** Returns what a link leads to, which may be on another disk. */
    private static Path target(Path file) throws IOException {
        return Files.isSymbolicLink(file) && Files.isRegularFile(file) ? file.toRealPath() : file;
    }

    /** Until the channel is closed. */
    private static void lock(FileChannel channel, Path growing) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) { // in this JVM
            lock = null;
        } catch (IOException e) { // The file system has no locks.
            return;
        }
        if (lock == null) {
            throw new OutputFileException(
                    growing
                            + ": another run writes it; wait for its end, or write to another"
                            + " file");
        }
    }

    private static int read(FileChannel channel, EarlierLine earlier, Path file)
            throws IOException {
        int lines = 0;
        long end = 0;
        // Not closed, which would close the channel.
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = in.read(); value >= 0; value = in.read()) {
            line.write(value);
            if (value == '\n') {
                end += line.size();
                lines++;
                accept(line.toString(StandardCharsets.UTF_8), earlier, file);
                line.reset();
            }
        }
        channel.position(end);
        return lines;
    }

    /**
     * Deletes what runs of other keys have left, for files of which no more than one such run can
     * be gone on with.
     *
     * @param file the file that they were to create
     * @param key the key of the run that follows
     * @throws IOException if the folder cannot be read, something cannot be deleted, or one of the
     *     runs has not ended
     */
    public static void discardOthers(Path file, String key) throws IOException {
        AtomicFile.checkTarget(file);
        Path target = target(file);
        Path own = growing(target, key).getFileName();
        String start = target.getFileName() + ".";
        try (Stream<Path> inside = Files.list(target.toAbsolutePath().getParent())) {
            for (Path path : (Iterable<Path>) inside::iterator) {
                String name = path.getFileName().toString();
                if (name.startsWith(start)
                        && name.endsWith(PARTIAL)
                        && !path.getFileName().equals(own)) {
                    discard(path);
                }
            }
        }
    }

    private static void discard(Path growing) throws IOException {
        try (FileChannel channel = FileChannel.open(growing, StandardOpenOption.WRITE)) {
            lock(channel, growing);
        }
        Files.delete(growing);
    }

    private static void accept(String line, EarlierLine earlier, Path file) throws IOException {
        try {
            earlier.accept(JsonParser.parseString(line).getAsJsonObject());
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new IOException(
                    "what an earlier run left of " + file + " is damaged; leave out --resume", e);
        }
    }

    private static Path growing(Path target, String key) {
        return target.resolveSibling(target.getFileName() + "." + key + PARTIAL);
    }

    /**
     * Adds a line.
     *
     * @param line its object
     * @throws OutputFileException if it cannot be written
     * @throws IOException if the file has vanished
     */
    public void add(JsonObject line) throws IOException {
        byte[] bytes = (JsonOutput.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
        OutputFileException.guard(
                file,
                () -> {
                    out.write(bytes);
                    out.flush();
                });
        lines++;
    }

    /** {@return the number of lines so far, with those of earlier runs} */
    public int count() {
        return lines;
    }

    /**
     * Returns a line for who wanted to go on, where there was nothing to go on after.
     *
     * @return the line; nothing if an earlier run has left lines
     */
    public Optional<String> anewNote() {
        return lines > 0 || growing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "note: no earlier run of these options and files has left results of "
                                + file
                                + ", so all are computed");
    }

    /**
     * Returns a line about what another run could go on after.
     *
     * @param unit what the lines are about, in the plural
     * @return the number of lines and their file; nothing if there are no lines, or they are where
     *     they belong
     */
    public Optional<String> leftNote(String unit) {
        return growing.filter(Files::exists)
                .filter(path -> lines > 0)
                .map(
                        path ->
                                String.format(
                                        Locale.ROOT,
                                        "the results of %,d %s are kept in %s; the same command with"
                                                + " --resume goes on after them",
                                        lines,
                                        unit,
                                        path));
    }

    /**
     * Moves the lines to their place.
     *
     * @throws OutputFileException if that fails; the file is then as it was
     * @throws IOException if its folder has vanished
     */
    public void finish() throws IOException {
        OutputFileException.guard(
                file,
                () -> {
                    out.close();
                    if (growing.isPresent()) {
                        AtomicFile.replace(growing.get(), file);
                    }
                });
    }

    /** Ends writing; if there are no lines, nothing is left. */
    @Override
    public void close() throws IOException {
        out.close();
        if (growing.isPresent() && lines == 0) {
            Files.deleteIfExists(growing.get());
        }
    }
}
