package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.JsonLines;
import io.github.djlctc.examples.common.data.NpzArchive;
import io.github.djlctc.examples.common.data.NumpyArray;
import io.github.djlctc.examples.common.data.NumpyFormatException;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One manifest, with the archive of its features if it names features. */
record Manifest(Path file, Optional<Path> features) {

    /**
     * Reads the manifest.
     *
     * @param seen the utterances of the manifests before this one; gets those of this one too
     * @param skipped takes the lines that cannot be used
     */
    List<Utterance> read(Set<String> seen, SkippedSamples skipped) throws IOException {
        // Stays open as long as the utterances are in use: reading an entry needs the archive's
        // list of entries.
        Optional<NpzArchive> archive =
                features.isPresent()
                        ? Optional.of(NpzArchive.open(features.get()))
                        : Optional.empty();
        List<Utterance> utterances = new ArrayList<>();
        List<JsonLineException> problems = new ArrayList<>();
        JsonLines.read(
                file,
                line -> {
                    Utterance utterance =
                            archive.isPresent() ? features(line, archive.get()) : audio(line);
                    if (!seen.add(utterance.id())) {
                        throw line.error(
                                "duplicate utterance", utterance.id() + " was listed before");
                    }
                    utterances.add(utterance);
                },
                problem -> {
                    problems.add(problem);
                    skipped.add(problem.where(), problem.reason(), problem.detail());
                });
        if (utterances.isEmpty()) {
            String first =
                    problems.isEmpty() ? "" : "; first problem: " + problems.get(0).getMessage();
            throw new IOException(file + ": no usable utterance" + first);
        }
        return utterances;
    }

    private Utterance audio(JsonLine line) throws JsonLineException {
        if (!line.has("audio_filepath") && line.has("utt")) {
            throw line.error(
                    "features without an archive",
                    "give the .npz that holds \"" + line.string("utt") + "\"");
        }
        Path audio = resolve(line);
        String text = line.string("text");
        Optional<Double> duration = seconds(line, "duration", Double.MIN_VALUE);
        Optional<Double> offset = seconds(line, "offset", 0);
        if (offset.isPresent() && duration.isEmpty()) {
            throw line.error("missing key", "\"offset\" needs a \"duration\" beside it");
        }
        try {
            AudioFiles.checkHeader(audio);
        } catch (AudioFormatException e) {
            throw line.error(e.problem().toString(), audio + ": " + e.detail());
        } catch (IOException e) {
            throw line.error("audio file unreadable", e.toString());
        }
        if (duration.isEmpty()) {
            return new Utterance(audio.toString(), text, () -> AudioFiles.read(audio));
        }
        double start = offset.orElse(0.0);
        String id = offset.isPresent() ? audio + "@" + start : audio.toString();
        return new Utterance(id, text, () -> AudioFiles.readPart(audio, start, duration.get()));
    }

    private Path resolve(JsonLine line) throws JsonLineException {
        String name = line.string("audio_filepath");
        try {
            return file.resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            throw line.error("bad path", e.getMessage());
        }
    }

    private static Optional<Double> seconds(JsonLine line, String key, double least)
            throws JsonLineException {
        if (!line.has(key)) {
            return Optional.empty();
        }
        double seconds = line.number(key);
        if (seconds < least) {
            throw line.error("bad " + key, "\"" + key + "\" is " + seconds + " s");
        }
        return Optional.of(seconds);
    }

    private Utterance features(JsonLine line, NpzArchive archive) throws JsonLineException {
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
        String source = features.orElseThrow() + ", array \"" + name + "\"";
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
