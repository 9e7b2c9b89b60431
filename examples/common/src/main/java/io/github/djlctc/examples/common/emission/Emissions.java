package io.github.djlctc.examples.common.emission;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionShape;
import io.github.djlctc.file.InsufficientMemoryException;
import io.github.djlctc.text.Alphabet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Emissions of any number of utterances: an {@code .npz} archive, a folder of {@code .npy} files,
 * or one such file, with one float32 or float64 array of shape (T, C) for each utterance, named by
 * its id.
 *
 * <p>Opening looks at all shapes, so that no wrong one is found after others have been decoded for
 * long; values are read, and checked, an utterance at a time. Several threads may read at once.
 */
public final class Emissions implements Closeable {

    private final ArraySource arrays;
    private final EmissionValues values;
    private final List<String> ids;
    private final int[] frames;

    private Emissions(ArraySource arrays, EmissionValues values, List<String> ids, int[] frames) {
        this.arrays = arrays;
        this.values = values;
        this.ids = ids;
        this.frames = frames;
    }

    /**
     * Opens emissions.
     *
     * @param source the archive, the folder or the file
     * @param alphabet the classes of the model; its size is C
     * @param scale what the values are; those of an {@link Utterance} are always logits
     * @return the emissions of at least one utterance, in the order of the archive, or of their
     *     names in the folder; to be closed by the caller
     * @throws EmissionFormatException if there are none, or one has the wrong shape
     * @throws IOException if an array cannot be read
     */
    public static Emissions open(Path source, Alphabet alphabet, EmissionScale scale)
            throws IOException {
        EmissionValues values = new EmissionValues(source, alphabet.size(), scale);
        ArraySource arrays = ArraySource.open(source);
        try {
            List<String> ids = arrays.names();
            if (ids.isEmpty()) {
                throw new EmissionFormatException(
                        source.toString(),
                        "there are no emissions in it; it must hold one .npy array for each"
                                + " utterance");
            }
            int[] frames = new int[ids.size()];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = frames(values, ids.get(i), arrays.shape(ids.get(i)), alphabet.size());
            }
            return new Emissions(arrays, values, ids, frames);
        } catch (IOException | RuntimeException e) {
            arrays.close();
            throw e;
        }
    }

    private static int frames(EmissionValues values, String id, int[] shape, int classes)
            throws EmissionFormatException {
        if (shape.length != 2) {
            throw values.problem(
                    id,
                    "the shape is "
                            + Arrays.toString(shape)
                            + ", but must be (frames, classes); write one array for each"
                            + " utterance");
        }
        Optional<String> mismatch = EmissionShape.mismatch(shape[0], shape[1], classes);
        if (mismatch.isPresent()) {
            throw values.problem(id, mismatch.get());
        }
        return shape[0];
    }

    /**
     * Tells whether the first array of a source has as many classes as an alphabet.
     *
     * @param source the archive, the folder or the file
     * @param alphabet the classes
     * @return false also if there is no array
     * @throws IOException if it cannot be read
     */
    public static boolean firstFits(Path source, Alphabet alphabet) throws IOException {
        try (ArraySource arrays = ArraySource.open(source)) {
            if (arrays.names().isEmpty()) {
                return false;
            }
            int[] shape = arrays.shape(arrays.names().get(0));
            return shape.length == 2 && shape[1] == alphabet.size();
        }
    }

    /**
     * Leaves utterances out.
     *
     * @param isKept tells by the id of an utterance whether it stays
     * @return the emissions of those that stay, maybe none; they are closed with these
     */
    public Emissions only(Predicate<String> isKept) {
        int[] kept = IntStream.range(0, size()).filter(i -> isKept.test(ids.get(i))).toArray();
        List<String> keptIds = new ArrayList<>();
        for (int i : kept) {
            keptIds.add(ids.get(i));
        }
        int[] keptFrames = Arrays.stream(kept).map(i -> frames[i]).toArray();
        return new Emissions(arrays, values, List.copyOf(keptIds), keptFrames);
    }

    /** {@return the number of utterances} */
    public int size() {
        return frames.length;
    }

    /** {@return the ids of the utterances, in their order} */
    public List<String> ids() {
        return ids;
    }

    /**
     * Returns the length of an utterance.
     *
     * @param index the number of the utterance, from 0
     * @return its frames, 0 or more
     */
    public int frames(int index) {
        return frames[index];
    }

    /** {@return the frames of all utterances} */
    public long totalFrames() {
        return Arrays.stream(frames).asLongStream().sum();
    }

    /**
     * Reads an utterance.
     *
     * @param index its number, from 0
     * @return the utterance
     * @throws EmissionFormatException if it has a frame in which no class can be chosen, or values
     *     that are not of the scale, or are negative log probabilities
     * @throws IOException if the array cannot be read
     */
    public Utterance read(int index) throws IOException {
        return apply(index, utterance -> utterance);
    }

    /**
     * Reads an utterance and does something with it.
     *
     * @param <T> what becomes of it
     * @param index its number, from 0
     * @param work what is done
     * @return what became of it
     * @throws InsufficientMemoryException if that takes more memory than there is
     * @throws EmissionFormatException as of {@link #read}
     * @throws IOException if the array cannot be read
     */
    public <T> T apply(int index, Function<Utterance, T> work) throws IOException {
        String id = ids.get(index);
        try {
            float[] scores = arrays.read(id).floats();
            if (scores.length != (long) frames[index] * values.classes()) {
                throw values.problem(id, "the array was replaced by another while it was used");
            }
            return work.apply(
                    new Utterance(id, values.logits(id, scores, frames[index]), frames[index]));
        } catch (OutOfMemoryError e) {
            throw InsufficientMemoryException.of(
                    values.source(id), (long) frames[index] * values.classes() * Float.BYTES, e);
        }
    }

    @Override
    public void close() throws IOException {
        arrays.close();
    }
}
