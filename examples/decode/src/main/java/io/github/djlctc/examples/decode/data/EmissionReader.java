package io.github.djlctc.examples.decode.data;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.EmissionShape;
import io.github.djlctc.numpy.NpzArchive;
import io.github.djlctc.numpy.NumpyArray;
import io.github.djlctc.numpy.NumpyFile;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads emissions: an {@code .npz} archive, a folder of {@code .npy} files, or one such file, with
 * one float32 or float64 array of shape (T, C) for each utterance, named by its id.
 *
 * <p>All values are checked here, so that no utterance fails after others have been decoded for
 * long.
 */
public final class EmissionReader {

    private static final String EXTENSION = ".npy";

    /** How far the probabilities of a frame may add up to another number than 1. */
    private static final double COST_TOLERANCE = 0.001;

    private final Path source;
    private final Alphabet alphabet;
    private final EmissionScale scale;

    /**
     * Prepares reading.
     *
     * @param source the archive, the folder or the file
     * @param alphabet the classes of the model; its size is C
     * @param scale what the values are; those of an {@link Utterance} are always logits
     */
    public EmissionReader(Path source, Alphabet alphabet, EmissionScale scale) {
        this.source = source;
        this.alphabet = alphabet;
        this.scale = scale;
    }

    /**
     * Reads all utterances.
     *
     * @return the utterances in the order of the archive, or of their names in the folder; at least
     *     one
     * @throws EmissionFormatException if there are none, or one has the wrong shape, or a frame in
     *     which no class can be chosen, or values that are not of the scale, or are negative log
     *     probabilities
     * @throws IOException if an array cannot be read
     */
    public List<Utterance> read() throws IOException {
        List<Utterance> utterances = readSource();
        if (utterances.isEmpty()) {
            throw new EmissionFormatException(
                    source.toString(),
                    "there are no emissions in it; it must hold one .npy array for each"
                            + " utterance");
        }
        return utterances;
    }

    /**
     * Tells whether the first array has as many classes as the alphabet.
     *
     * @return false also if there is no array
     * @throws IOException if it cannot be read
     */
    public boolean firstFits() throws IOException {
        return first().filter(array -> array.shape().length == 2)
                .filter(array -> array.shape()[1] == alphabet.size())
                .isPresent();
    }

    private Optional<NumpyArray> first() throws IOException {
        if (Files.isDirectory(source)) {
            List<Path> files = files();
            return files.isEmpty() ? Optional.empty() : Optional.of(NumpyFile.read(files.get(0)));
        }
        if (source.toString().endsWith(EXTENSION)) {
            return Optional.of(NumpyFile.read(source));
        }
        try (NpzArchive archive = NpzArchive.open(source)) {
            Optional<String> name = archive.names().stream().findFirst();
            return name.isEmpty() ? Optional.empty() : Optional.of(archive.read(name.get()));
        }
    }

    private List<Utterance> readSource() throws IOException {
        if (Files.isDirectory(source)) {
            return readFolder();
        }
        return source.toString().endsWith(EXTENSION) ? List.of(readArray(source)) : readArchive();
    }

    private List<Utterance> readArchive() throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        try (NpzArchive archive = NpzArchive.open(source)) {
            for (String name : archive.names()) {
                utterances.add(utterance(name, archive.read(name)));
            }
        }
        return utterances;
    }

    private List<Utterance> readFolder() throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        for (Path file : files()) {
            utterances.add(readArray(file));
        }
        return utterances;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> inside = Files.list(source)) {
            return inside.filter(file -> file.toString().endsWith(EXTENSION)).sorted().toList();
        }
    }

    private Utterance readArray(Path file) throws IOException {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.length() - EXTENSION.length());
        return utterance(id, NumpyFile.read(file));
    }

    private Utterance utterance(String id, NumpyArray array) throws EmissionFormatException {
        int[] shape = array.shape();
        if (shape.length != 2) {
            throw problem(
                    id,
                    "the shape is "
                            + Arrays.toString(shape)
                            + ", but must be (frames, classes); write one array for each"
                            + " utterance");
        }
        Optional<String> mismatch = EmissionShape.mismatch(shape[0], shape[1], alphabet.size());
        if (mismatch.isPresent()) {
            throw problem(id, mismatch.get());
        }
        float[] values = array.floats();
        for (int frame = 0; frame < shape[0]; frame++) {
            checkFrame(id, values, frame);
        }
        if (scale == EmissionScale.LOGITS && areCosts(values, shape[0])) {
            throw problem(
                    id,
                    "the scores are 0 or more, and their negatives are log probabilities: these"
                            + " are costs; write the array with its signs changed");
        }
        return new Utterance(id, logits(id, values, shape[0]), shape[0]);
    }

    /** Tells whether every frame holds negative log probabilities. */
    private boolean areCosts(float[] values, int frames) {
        int classes = alphabet.size();
        for (int frame = 0; frame < frames; frame++) {
            double sum = 0;
            for (int i = frame * classes; i < (frame + 1) * classes; i++) {
                if (values[i] < 0) {
                    return false;
                }
                sum += Math.exp(-values[i]);
            }
            if (Math.abs(sum - 1) > COST_TOLERANCE) {
                return false;
            }
        }
        return frames > 0;
    }

    private float[] logits(String id, float[] values, int frames) throws EmissionFormatException {
        try {
            return scale.toLogits(values, frames, alphabet.size());
        } catch (EmissionScaleException e) {
            throw problem(
                    id,
                    e.problem()
                            + (scale == EmissionScale.LOGITS
                                    ? "; if they are probabilities, give --emissions-are"
                                            + " probabilities; if they are logits, add 1 to all of"
                                            + " them, which changes no result"
                                    : "; leave --emissions-are out for logits and log"
                                            + " probabilities, and divide probabilities by the sum"
                                            + " of their frame"));
        }
    }

    private void checkFrame(String id, float[] values, int frame) throws EmissionFormatException {
        int classes = alphabet.size();
        boolean finite = false;
        for (int i = 0; i < classes; i++) {
            float value = values[frame * classes + i];
            if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
                throw problem(
                        id,
                        "frame "
                                + frame
                                + ", class "
                                + i
                                + " is "
                                + value
                                + "; the model or its input features are broken, so check both");
            }
            finite |= Float.isFinite(value);
        }
        if (!finite) {
            throw problem(
                    id,
                    "all classes of frame "
                            + frame
                            + " are -Infinity, so that none can be chosen; floor the"
                            + " probabilities before taking logarithms");
        }
    }

    private EmissionFormatException problem(String id, String problem) {
        return new EmissionFormatException(source + ", utterance \"" + id + "\"", problem);
    }
}
