package io.github.djlctc.examples.common.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of the one process that trains in the folder of a model: the file {@code train.lock},
 * which names the process and its host.
 *
 * <p>The operating system locks the file too, and ends that lock with the process, however it ends.
 * A file that is left without it is taken over. Only where the file system has no locks, the
 * process in the file decides, and one on another host is taken to be running.
 */
public final class ModelFolderLock implements AutoCloseable {

    static final String FILE = "train.lock";

    /** Behind the text, since Windows lets no other process read what is locked. */
    private static final long LOCKED_BYTE = 1L << 30;

    private static final int MAX_TEXT_BYTES = 1 << 10;

    /**
     * The files of this process: its locks do not exclude each other, and end when it closes the
     * file a second time.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private enum Hold {
        OWN,
        OTHER,
        UNKNOWN
    }

    private final Path file;
    private final FileChannel channel;
    private final boolean madeFolder;
    private final Optional<LockHolder> stale;

    private ModelFolderLock(
            Path file, FileChannel channel, boolean madeFolder, Optional<LockHolder> stale) {
        this.file = file;
        this.channel = channel;
        this.madeFolder = madeFolder;
        this.stale = stale;
    }

    /**
     * Locks a folder.
     *
     * @param folder the folder, made if needed; removed again by {@link #close} if nothing else
     *     came into it
     * @return the lock
     * @throws FolderInUseException if another run has it
     * @throws IOException if the file cannot be written
     */
    public static ModelFolderLock acquire(Path folder) throws IOException, FolderInUseException {
        boolean madeFolder = !Files.exists(folder);
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(FILE);
        if (!OWN.add(file)) {
            throw inUse(file, Optional.of(LockHolder.ofThisProcess()));
        }
        Optional<ModelFolderLock> lock = Optional.empty();
        try {
            while (lock.isEmpty()) {
                lock = tryAcquire(file, madeFolder);
            }
            return lock.get();
        } finally {
            if (lock.isEmpty()) {
                OWN.remove(file);
            }
        }
    }

    /** Returns nothing if the holder removed the file at the same time. */
    private static Optional<ModelFolderLock> tryAcquire(Path file, boolean madeFolder)
            throws IOException, FolderInUseException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean held = false;
        try {
            Hold hold = lock(channel);
            Optional<LockHolder> named = LockHolder.parse(read(channel));
            if (hold == Hold.OTHER
                    || (hold == Hold.UNKNOWN && named.filter(LockHolder::mayRun).isPresent())) {
                throw inUse(file, named);
            }
            held = Files.exists(file);
            if (held) {
                write(channel, LockHolder.ofThisProcess() + "\n");
            }
            return held
                    ? Optional.of(new ModelFolderLock(file, channel, madeFolder, named))
                    : Optional.empty();
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    private static Hold lock(FileChannel channel) {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) == null ? Hold.OTHER : Hold.OWN;
        } catch (IOException e) {
            // The file system has no locks.
            return Hold.UNKNOWN;
        }
    }

    private static FolderInUseException inUse(Path file, Optional<LockHolder> holder) {
        return new FolderInUseException(
                "another run, "
                        + holder.map(LockHolder::toString).orElse("of a process not known yet")
                        + ", trains in "
                        + file.getParent()
                        + ": wait for its end, or choose another --model (if there is no such"
                        + " process, delete "
                        + file
                        + ")");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_TEXT_BYTES);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(text), 0);
    }

    /**
     * Returns what there is to tell of a lock that was left behind.
     *
     * @return the message; nothing if the folder was free
     */
    public Optional<String> takeover() {
        return stale.map(holder -> "took over " + file + " of " + holder + ", which has ended");
    }

    /** Frees the folder for other runs. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            OWN.remove(file);
        }
        if (madeFolder && isEmpty(file.getParent())) {
            Files.deleteIfExists(file.getParent());
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
