package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.file.AtomicFile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The epochs of a run, also of those parts that came before a resume, in a file of JSON lines. */
final class EpochHistory {

    private static final String FILE = "epochs.jsonl";
    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private final Path file;
    private final List<EpochResult> epochs = new ArrayList<>();

    /**
     * Opens the history of a run.
     *
     * @param folder the folder of the model
     * @param done the epochs that are done; what the file has beyond them is forgotten
     */
    EpochHistory(Path folder, int done) throws IOException {
        file = folder.resolve(FILE);
        if (done > 0 && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                EpochResult epoch = parse(line);
                if (epoch.epoch() <= done) {
                    epochs.add(epoch);
                }
            }
        }
    }

    private EpochResult parse(String line) throws IOException {
        try {
            EpochResult epoch = GSON.fromJson(line, EpochResult.class);
            if (epoch != null && epoch.statistics() != null && epoch.words() != null) {
                return epoch;
            }
        } catch (JsonParseException e) {
            throw new IOException(damaged(line), e);
        }
        throw new IOException(damaged(line));
    }

    private String damaged(String line) {
        return file + " is damaged, delete it to go on without its epochs: " + line;
    }

    /** Adds an epoch, and replaces the file. */
    void add(EpochResult epoch) throws IOException {
        epochs.add(epoch);
        Path temporary = file.resolveSibling(FILE + ".tmp");
        OutputFileException.guard(
                temporary,
                () -> {
                    Files.write(temporary, epochs.stream().map(GSON::toJson).toList());
                    AtomicFile.replace(temporary, file);
                });
    }

    /** Returns the epochs so far, in order. */
    List<EpochResult> epochs() {
        return List.copyOf(epochs);
    }
}
