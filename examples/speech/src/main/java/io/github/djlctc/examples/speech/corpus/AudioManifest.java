package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.SampleManifest;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sound that JSON lines list, one object a line, as in NVIDIA NeMo: {@code {"audio_filepath":
 * "a.wav", "text": "...", "duration": 1.5, "offset": 12.0}}. The path is absolute or relative to
 * the manifest; the duration in seconds is optional; the offset, in seconds too, needs a duration.
 *
 * <p>The id of an utterance is the path of its file without links, whatever its spelling; that of a
 * part has {@code @offset+duration} behind it. Durations are believed: a line with a duration and
 * no offset is the whole file, which is opened when the sound is read. A manifest that {@linkplain
 * #checkingAudio checks} opens all files.
 */
public final class AudioManifest extends SampleManifest<Utterance> {

    private static final String EXAMPLE =
            "{\"audio_filepath\": \"a.wav\", \"text\": \"turn left\"}";

    private enum Durations {
        BELIEVED,
        CHECKED
    }

    private final Durations durations;

    /** Paths without links, by how they are written: a recording may have many lines. */
    private final Map<Path, String> realPaths = new ConcurrentHashMap<>();

    /**
     * Creates a manifest whose durations are believed.
     *
     * @param file the JSON lines
     */
    public AudioManifest(Path file) {
        this(file, Durations.BELIEVED);
    }

    private AudioManifest(Path file, Durations durations) {
        super(file, Utterance.NOUN, EXAMPLE);
        this.durations = durations;
    }

    /**
     * Creates a manifest that reads the headers of all files when it is listed.
     *
     * @param file the JSON lines
     * @return the manifest: lines whose file cannot be used are left out, and a line whose duration
     *     is shorter than its file is a part of it
     */
    public static AudioManifest checkingAudio(Path file) {
        return new AudioManifest(file, Durations.CHECKED);
    }

    @Override
    protected LineParser<Utterance> open() {
        return this::sample;
    }

    private Utterance sample(JsonLine line) throws JsonLineException {
        if (!line.has("audio_filepath") && line.has("utt")) {
            throw line.error(
                    "features without an archive",
                    "give the .npz that holds \"" + line.string("utt") + "\"");
        }
        Path audio = resolve(line, "audio_filepath");
        String text = line.string("text");
        OptionalDouble duration = seconds(line, "duration", Double.MIN_VALUE);
        OptionalDouble offset = seconds(line, "offset", 0);
        if (offset.isPresent() && duration.isEmpty()) {
            throw line.error("missing key", "\"offset\" needs a \"duration\" beside it");
        }
        try {
            if (durations == Durations.CHECKED || duration.isEmpty()) {
                SoundFile sound =
                        SoundFile.of(audio)
                                .part(offset.orElse(0), duration.orElse(Double.POSITIVE_INFINITY));
                return new Utterance(sound.identity(), text, sound);
            }
            return believed(audio, text, offset, duration.getAsDouble());
        } catch (AudioFormatException e) {
            throw line.error(e.reason(), audio + ": " + e.detail());
        } catch (IOException e) {
            throw line.error("audio file unreadable", e.toString());
        }
    }

    private Utterance believed(Path audio, String text, OptionalDouble offset, double duration)
            throws IOException {
        if (offset.isEmpty()) {
            String file = realPath(audio);
            return new Utterance(file, text, SoundFile.unread(file, 0, duration));
        }
        String recording = realPaths.get(audio);
        if (recording == null) {
            recording = realPath(audio);
            realPaths.put(audio, recording);
        }
        SoundFile part = SoundFile.unread(recording, offset.getAsDouble(), duration);
        return new Utterance(part.identity(), text, part);
    }

    private static String realPath(Path audio) throws IOException {
        try {
            return audio.toRealPath().toString();
        } catch (NoSuchFileException e) {
            AudioFiles.checkHeader(audio); // says it in the words of all errors about audio files
            throw e;
        }
    }

    private static OptionalDouble seconds(JsonLine line, String key, double least)
            throws JsonLineException {
        if (!line.has(key)) {
            return OptionalDouble.empty();
        }
        double seconds = line.number(key);
        if (seconds < least) {
            throw line.error("bad " + key, "\"" + key + "\" is " + seconds + " s");
        }
        return OptionalDouble.of(seconds);
    }
}
