package io.github.djlctc.spark;

import org.apache.spark.SparkFiles;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a model is, for any process of an application.
 *
 * @param name unlike that of all other models
 * @param path the folder or zip file; or the name of the file that Spark was given
 * @param added whether Spark was given it
 * @param arguments those of the model that are not, or otherwise, in its folder
 */
record ModelSource(String name, String path, boolean added, Map<String, String> arguments)
        implements Serializable {

    /** Returns the folder or zip file in this process. */
    Path file() {
        return Path.of(added ? SparkFiles.get(path) : path);
    }
}
