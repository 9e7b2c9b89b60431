package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.SampleManifest;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.AudioHeader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sound that JSON lines list, one object a line, as in NVIDIA NeMo: {@code {"audio_filepath":
 * "a.wav", "text": "...", "duration": 1.5, "offset": 12.0}}. The path is absolute or relative to
 * the manifest; the duration in seconds is optional; the offset, in seconds too, needs a duration.
 *
 * <p>The id of an utterance is the path of its file without links, whatever its spelling; that of a
 * part has {@code @offset+duration} behind it.
 */
public final class AudioManifest extends SampleManifest<Utterance> {

    private static final String EXAMPLE =
            "{\"audio_filepath\": \"a.wav\", \"text\": \"turn left\"}";

    /**
     * Creates the manifest.
     *
     * @param file the JSON lines
     */
    public AudioManifest(Path file) {
        super(file, Utterance.NOUN, EXAMPLE);
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
            AudioHeader header = AudioFiles.checkHeader(audio);
            SoundFile sound = new SoundFile(audio, header, offset.orElse(0), duration);
            String id = sound.identity();
            return new Utterance(id, text, sound, Optional.of(sound.part(id)));
        } catch (AudioFormatException e) {
            throw line.error(e.reason(), audio + ": " + e.detail());
        } catch (IOException e) {
            throw line.error("audio file unreadable", e.toString());
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
