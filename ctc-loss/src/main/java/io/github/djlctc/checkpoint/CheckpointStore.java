package io.github.djlctc.checkpoint;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The checkpoints of a training run in a folder: the latest two, and the best.
 *
 * <p>A checkpoint is named after its number of updates, {@code checkpoint-0000001200.ckpt}. It is
 * written beside its place, brought to disk and moved there, and only then are older ones removed:
 * whenever the process is killed, the latest whole checkpoint is there. The one before it is kept
 * in case the disk damages the latest.
 *
 * <p>One process at a time may use a folder. Not for use by several threads.
 */
public final class CheckpointStore {

    static final String TEMPORARY = ".tmp";

    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointStore.class);
    private static final String PATTERN = "checkpoint-[0-9]*.ckpt";
    private static final int KEPT_LATEST = 2;

    private final Path folder;
    private final int keepBest;
    private final ToDoubleFunction<TrainingCheckpoint> secondScore;
    private final TreeMap<Path, Scores> scores = new TreeMap<>();

    private CheckpointStore(
            Path folder, int keepBest, ToDoubleFunction<TrainingCheckpoint> secondScore) {
        this.folder = folder;
        this.keepBest = keepBest;
        this.secondScore = secondScore;
    }

    /**
     * Opens the store in a folder. What an interrupted {@link #save} left is removed. Files that
     * are no usable checkpoints are left alone, with a warning.
     *
     * @param folder the folder, created if needed
     * @param keepBest how many of the checkpoints with the lowest scores are kept besides the
     *     latest two, 0 or more
     * @return the store
     * @throws IOException if the folder cannot be made or read
     * @throws IllegalArgumentException if the number is negative
     */
    public static CheckpointStore open(Path folder, int keepBest) throws IOException {
        return open(folder, keepBest, checkpoint -> 0);
    }

    /**
     * Opens the store in a folder, as {@link #open(Path, int)} does, where scores are often equal,
     * as error rates on few samples are.
     *
     * @param folder the folder, created if needed
     * @param keepBest how many of the checkpoints with the lowest scores are kept besides the
     *     latest two, 0 or more
     * @param secondScore decides among checkpoints of the same score: lower is better, NaN is
     *     worst; of its properties, so that it is the same when the store is opened again
     * @return the store
     * @throws IOException if the folder cannot be made or read
     * @throws IllegalArgumentException if the number is negative
     */
    public static CheckpointStore open(
            Path folder, int keepBest, ToDoubleFunction<TrainingCheckpoint> secondScore)
            throws IOException {
        if (keepBest < 0) {
            throw new IllegalArgumentException("keepBest must not be negative: " + keepBest);
        }
        Files.createDirectories(folder);
        CheckpointStore store = new CheckpointStore(folder, keepBest, secondScore);
        for (Path file : list(folder, PATTERN + TEMPORARY)) {
            Files.delete(file);
        }
        for (Path file : list(folder, PATTERN)) {
            try {
                store.scores.put(file, store.scoresOf(TrainingCheckpoint.read(file)));
            } catch (CheckpointException e) {
                LOGGER.warn("{}", e.getMessage());
            }
        }
        return store;
    }

    /**
     * Saves a checkpoint, and removes those that are neither among the latest two nor among the
     * best.
     *
     * @param checkpoint the checkpoint
     * @return its file
     * @throws IOException if it cannot be written; the message names the file, and the earlier ones
     *     are then all there
     */
    public Path save(TrainingCheckpoint checkpoint) throws IOException {
        String name = String.format(Locale.ROOT, "checkpoint-%010d.ckpt", checkpoint.updates());
        Path file = folder.resolve(name);
        try {
            checkpoint.write(file);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // A full disk gives an error without a name.
            FileSystemException named =
                    new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
        scores.put(file, scoresOf(checkpoint));
        removeOld();
        return file;
    }

    private void removeOld() throws IOException {
        List<Path> descending = new ArrayList<>(scores.descendingKeySet());
        Set<Path> kept = new HashSet<>(best());
        kept.addAll(descending.subList(0, Math.min(KEPT_LATEST, descending.size())));
        for (Path file : descending) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(file);
                scores.remove(file);
            }
        }
    }

    /**
     * Reads the checkpoint with the most updates.
     *
     * @return the checkpoint; empty if the folder has none
     * @throws CheckpointException if it is damaged or of another version. The message says what to
     *     do; nothing is passed over silently
     * @throws IOException if it cannot be read
     */
    public Optional<TrainingCheckpoint> latest() throws IOException {
        List<Path> files = list(folder, PATTERN);
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(TrainingCheckpoint.read(files.get(files.size() - 1)));
    }

    /**
     * Returns the checkpoints with the lowest scores.
     *
     * @return the files, the best first and among equals the older first; at most as many as are
     *     kept
     */
    public List<Path> best() {
        return scores.entrySet().stream()
                .filter(entry -> entry.getValue().first().isPresent())
                .sorted(Map.Entry.comparingByValue(Scores.ORDER))
                .limit(keepBest)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Scores scoresOf(TrainingCheckpoint checkpoint) {
        return new Scores(checkpoint.score(), secondScore.applyAsDouble(checkpoint));
    }

    /**
     * Removes all checkpoints, so that another run can begin in the folder.
     *
     * @throws IOException if one cannot be removed
     */
    public void clear() throws IOException {
        for (Path file : list(folder, PATTERN)) {
            Files.delete(file);
        }
        scores.clear();
    }

    private static List<Path> list(Path folder, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
            stream.forEach(files::add);
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    private record Scores(OptionalDouble first, double second) {

        static final Comparator<Scores> ORDER =
                Comparator.<Scores>comparingDouble(scores -> scores.first().orElseThrow())
                        .thenComparingDouble(Scores::second);
    }
}
