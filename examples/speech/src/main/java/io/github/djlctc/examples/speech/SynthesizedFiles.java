package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.report.ResumableLines;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

import com.google.gson.JsonObject;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * WAV files of utterances, a folder for each split, with manifests that come to their place when
 * all files that they name are there. A run that ends early leaves what the next one goes on with.
 */
final class SynthesizedFiles implements Closeable {

    private static final String FILE = "audio_filepath";
    private static final String SECONDS = "duration";

    private final Path folder;
    private final Map<Split, ResumableLines> manifests = new EnumMap<>(Split.class);

    /** The lines of an earlier run that were not come to yet. */
    private final Map<Split, Queue<Sound>> earlier = new EnumMap<>(Split.class);

    private SynthesizedFiles(Path folder) {
        this.folder = folder;
    }

    /** A file that an earlier run has written. */
    private record Sound(String file, double seconds) {

        static Sound of(JsonObject line) {
            return new Sound(line.get(FILE).getAsString(), line.get(SECONDS).getAsDouble());
        }
    }

    /** Opens one of the manifests. */
    private interface Opener {

        ResumableLines open(Path manifest, Queue<Sound> earlier) throws IOException;
    }

    /** Starts the files of a run. */
    static SynthesizedFiles create(Path folder, String key) throws IOException {
        return open(folder, key, (manifest, earlier) -> ResumableLines.create(manifest, key));
    }

    /** Goes on with those of a run that had the same key. */
    static SynthesizedFiles resume(Path folder, String key) throws IOException {
        return open(
                folder,
                key,
                (manifest, earlier) ->
                        ResumableLines.resume(manifest, key, line -> earlier.add(Sound.of(line))));
    }

    private static SynthesizedFiles open(Path folder, String key, Opener opener)
            throws IOException {
        SynthesizedFiles files = new SynthesizedFiles(folder);
        try {
            for (Split split : Split.values()) {
                Files.createDirectories(folder.resolve(name(split)));
                // Their sound is written over.
                ResumableLines.discardOthers(files.manifest(split), key);
                Queue<Sound> earlier = new ArrayDeque<>();
                files.manifests.put(split, opener.open(files.manifest(split), earlier));
                files.earlier.put(split, earlier);
            }
            for (Split split : Split.values()) {
                // Else they would name the sound of this run, with the texts of an earlier one.
                Files.deleteIfExists(files.manifest(split));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }

    private Path manifest(Split split) {
        return folder.resolve(name(split) + ".jsonl");
    }

    /** Writes an utterance, the next one of its split, unless an earlier run has. */
    void write(Split split, Utterance utterance) throws IOException {
        Optional<Sound> done = Optional.ofNullable(earlier.get(split).poll());
        String name = name(split) + "/" + utterance.id() + ".wav";
        if (done.filter(sound -> sound.file().equals(name)).filter(this::isWhole).isPresent()) {
            return;
        }
        Path file = folder.resolve(name);
        Waveform sound = (Waveform) utterance.source().read();
        OutputFileException.guard(file, () -> WaveFile.write(sound, file));
        if (done.isEmpty()) {
            manifests.get(split).add(line(name, utterance.text(), sound.seconds()));
        }
    }

    /** Tells whether a file still holds what its line says: a machine may have crashed after it. */
    private boolean isWhole(Sound sound) {
        try {
            return AudioFiles.read(folder.resolve(sound.file())).seconds() == sound.seconds();
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonObject line(String name, String text, double seconds) {
        JsonObject object = new JsonObject();
        object.addProperty(FILE, name);
        object.addProperty("text", text);
        object.addProperty(SECONDS, seconds);
        return object;
    }

    /** Returns lines about what another run could go on after. */
    List<String> leftNotes() {
        return manifests.values().stream()
                .flatMap(manifest -> manifest.leftNote(Utterance.UNIT).stream())
                .toList();
    }

    /** Moves the manifests to their places, which are returned. */
    List<Path> finish() throws IOException {
        List<Path> finished = new ArrayList<>();
        for (Split split : manifests.keySet()) {
            manifests.get(split).finish();
            finished.add(manifest(split));
        }
        return finished;
    }

    @Override
    public void close() throws IOException {
        for (ResumableLines manifest : manifests.values()) {
            manifest.close();
        }
    }
}
