package io.github.djlctc.spark;

import org.apache.spark.SparkContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Brings a model to the executors of applications; they have that of the driver if it is local. */
final class ModelShipment {

    private final String name = "djl-ctc-" + UUID.randomUUID();
    private final Path model;
    private final Map<String, String> arguments;

    /** The application that has the archive. */
    private String application;

    ModelShipment(Path model, Map<String, String> arguments) {
        this.model = model.toAbsolutePath();
        this.arguments = Map.copyOf(arguments);
    }

    /** Returns where the driver has the model. */
    ModelSource here() {
        return new ModelSource(name, model.toString(), false, arguments);
    }

    /**
     * Returns where the executors have the model, after it is given to Spark.
     *
     * @throws IOException if it cannot be packed
     */
    synchronized ModelSource to(SparkContext context) throws IOException {
        if (context.isLocal()) {
            return here();
        }
        String archive = name + ".zip";
        if (!context.applicationId().equals(application)) {
            Path folder = TemporaryFolders.create();
            context.addFile(packed(folder.resolve(archive)).toString());
            application = context.applicationId();
        }
        return new ModelSource(name, archive, true, arguments);
    }

    /** Spark ships no local folders, and files by their names, of which each must be another. */
    private Path packed(Path archive) throws IOException {
        if (Files.isDirectory(model)) {
            ModelArchive.pack(model, archive);
        } else {
            Files.copy(model, archive);
        }
        return archive;
    }
}
