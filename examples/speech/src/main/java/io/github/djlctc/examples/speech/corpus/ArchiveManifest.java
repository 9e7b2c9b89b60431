package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.SampleManifest;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.numpy.NpzArchive;
import io.github.djlctc.numpy.NumpyArray;
import io.github.djlctc.numpy.NumpyFormatException;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Features that JSON lines list, one object a line: {@code {"utt": "name", "text": "..."}}, with an
 * {@code .npz} archive that holds a float32 array of shape (frames, dimensions) of that name.
 */
public final class ArchiveManifest extends SampleManifest<Utterance> {

    private static final String EXAMPLE = "{\"utt\": \"a\", \"text\": \"turn left\"}";

    private final Path features;

    /**
     * Creates the manifest.
     *
     * @param file the JSON lines
     * @param features the {@code .npz} archive
     */
    public ArchiveManifest(Path file, Path features) {
        super(file, Utterance.NOUN, EXAMPLE);
        this.features = features;
    }

    @Override
    protected LineParser<Utterance> open() throws IOException {
        // Stays open as long as the utterances are in use: reading an entry needs the archive's
        // list of entries.
        NpzArchive archive = NpzArchive.open(features);
        return line -> sample(line, archive);
    }

    private Utterance sample(JsonLine line, NpzArchive archive) throws JsonLineException {
        String name = line.string("utt");
        String text = line.string("text");
        if (!archive.names().contains(name)) {
            throw line.error(
                    "features missing",
                    "\""
                            + name
                            + "\" is not among the "
                            + archive.names().size()
                            + " arrays of the archive");
        }
        String source = features + ", array \"" + name + "\"";
        return new Utterance(name, text, () -> matrix(archive.read(name), source));
    }

    private static FeatureMatrix matrix(NumpyArray array, String source)
            throws NumpyFormatException {
        int[] shape = array.shape();
        if (shape.length != 2 || shape[0] == 0 || shape[1] == 0) {
            throw new NumpyFormatException(
                    source, "features of shape (frames, dimensions) expected: " + array);
        }
        float[] values = array.floats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NumpyFormatException(
                        source,
                        "frame "
                                + i / shape[1]
                                + ", dimension "
                                + i % shape[1]
                                + " is "
                                + values[i]);
            }
        }
        return new FeatureMatrix(values, shape[1]);
    }
}
