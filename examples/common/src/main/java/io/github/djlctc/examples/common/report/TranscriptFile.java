package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.file.AtomicOutput;

import com.google.gson.Gson;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes transcripts as JSON lines {"utt", "reference", "hypothesis"}. */
public final class TranscriptFile {

    private TranscriptFile() {}

    /**
     * Writes a file.
     *
     * @param file the file
     * @param transcripts what it is to hold
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, List<Transcript> transcripts) throws IOException {
        Gson gson = new Gson();
        try (AtomicOutput out = AtomicOutput.create(file)) {
            for (Transcript transcript : transcripts) {
                out.write(
                        (gson.toJson(object(transcript)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.finish();
        }
    }

    static JsonObject object(Transcript transcript) {
        JsonObject object = new JsonObject();
        object.addProperty("utt", transcript.id());
        object.addProperty("reference", transcript.reference());
        object.addProperty("hypothesis", transcript.hypothesis());
        return object;
    }
}
