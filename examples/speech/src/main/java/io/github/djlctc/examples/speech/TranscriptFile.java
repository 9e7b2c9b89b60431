package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.train.Transcript;

import com.google.gson.Gson;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes transcripts as JSON lines {"utt", "reference", "hypothesis"}. */
final class TranscriptFile {

    private TranscriptFile() {}

    static void write(Path file, List<Transcript> transcripts) throws IOException {
        Gson gson = new Gson();
        Files.write(file, transcripts.stream().map(t -> gson.toJson(object(t))).toList());
    }

    static JsonObject object(Transcript transcript) {
        JsonObject object = new JsonObject();
        object.addProperty("utt", transcript.id());
        object.addProperty("reference", transcript.reference());
        object.addProperty("hypothesis", transcript.hypothesis());
        return object;
    }
}
