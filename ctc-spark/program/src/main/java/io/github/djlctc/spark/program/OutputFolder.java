package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.command.OptionRules;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A folder of results, which Spark writes round by round, so that a run which ends early leaves
 * what it has done. Each round is there whole or not at all. One run at a time has the folder.
 */
final class OutputFolder implements AutoCloseable {

    /** Spark's readers pass over names that begin so. */
    private static final String MARK = "_ctc-spark.json";

    private static final String LOCK = "_ctc-spark.lock";

    /** Where Spark's tasks write before a round is done. */
    private static final String UNFINISHED = "_temporary";

    private final SparkSession session;
    private final Path folder;
    private final OutputFormat format;

    private OutputFolder(SparkSession session, Path folder, OutputFormat format) {
        this.session = session;
        this.folder = folder;
        this.format = format;
    }

    /**
     * What is known of the run that wrote a folder.
     *
     * @param key tells runs of other inputs and options apart
     * @param complete whether it came to its end
     */
    record Run(String key, boolean complete) {}

    /**
     * Opens a folder for a new run, or for one that ended early.
     *
     * @param options of the command, which name the folder
     * @throws picocli.CommandLine.ParameterException if the folder holds something, or another run
     */
    static OutputFolder open(
            SparkSession session, OutputOptions options, String key, OptionRules rules)
            throws IOException {
        OutputFolder output = new OutputFolder(session, new Path(options.out()), options.format());
        boolean goesOn = output.goesOn(options, key, rules);
        output.lock();
        if (goesOn) {
            // The next round would take what tasks of a killed run have finished for its own.
            output.files().delete(new Path(output.folder, UNFINISHED), true);
        } else {
            output.mark(new Run(key, false));
        }
        return output;
    }

    /**
     * Refuses a folder that {@link #open} would, before anything is computed for it.
     *
     * @throws picocli.CommandLine.ParameterException as there
     */
    static void check(SparkSession session, OutputOptions options, String key, OptionRules rules)
            throws IOException {
        new OutputFolder(session, new Path(options.out()), options.format())
                .goesOn(options, key, rules);
    }

    /** Returns whether the folder holds what a run of the same options has begun. */
    private boolean goesOn(OutputOptions options, String key, OptionRules rules)
            throws IOException {
        if (!exists()) {
            return false;
        }
        if (!options.isResumed()) {
            throw rules.wrong(
                    "--out "
                            + folder
                            + " is there already; name another folder, or go on with it"
                            + " (--resume)");
        }
        if (!readMark(rules).key().equals(key)) {
            throw rules.wrong(
                    "--out "
                            + folder
                            + " is of a run with other inputs or options; give the same, or name"
                            + " another folder");
        }
        return true;
    }

    /**
     * Keeps other runs out.
     *
     * @throws OutputFileException if another run has the folder
     */
    private void lock() throws IOException {
        Path lock = new Path(folder, LOCK);
        RunOwner self = RunOwner.ofThisProcess();
        Optional<RunOwner> other = readLock(lock);
        if (other.isPresent() && other.get().isAlive()) {
            throw new OutputFileException(
                    folder
                            + ": "
                            + other.get().description()
                            + " writes into it; wait for its end, or delete "
                            + lock
                            + " if it has ended");
        }
        try {
            files().delete(lock, false);
            try (FSDataOutputStream out = files().create(lock, false)) {
                out.write(new Gson().toJson(self).getBytes(StandardCharsets.UTF_8));
            }
        } catch (FileAlreadyExistsException e) {
            throw new OutputFileException(folder + ": another run has just begun to write into it");
        } catch (IOException e) {
            throw new OutputFileException(folder + ": " + e.getMessage());
        }
    }

    private Optional<RunOwner> readLock(Path lock) throws IOException {
        try (FSDataInputStream in = files().open(lock)) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.ofNullable(new Gson().fromJson(json, RunOwner.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty(); // Cut off by a crash.
        }
    }

    @Override
    public void close() throws IOException {
        files().delete(new Path(folder, LOCK), false);
    }

    private boolean exists() throws IOException {
        FileSystem files = files();
        return files.exists(folder) && files.listStatus(folder).length > 0;
    }

    private FileSystem files() throws IOException {
        return folder.getFileSystem(session.sparkContext().hadoopConfiguration());
    }

    private Run readMark(OptionRules rules) throws IOException {
        Path mark = new Path(folder, MARK);
        if (!files().exists(mark)) {
            throw rules.wrong(
                    "--out " + folder + " holds no results of ctc-spark; name another folder");
        }
        try (FSDataInputStream in = files().open(mark)) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Run run = new Gson().fromJson(json, Run.class);
            if (run == null || run.key() == null) {
                throw new IOException(mark + " is damaged; name another folder");
            }
            return run;
        } catch (JsonParseException e) {
            throw new IOException(mark + " is damaged; name another folder", e);
        }
    }

    private void mark(Run run) throws IOException {
        try (FSDataOutputStream out = files().create(new Path(folder, MARK), true)) {
            out.write((new Gson().toJson(run) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputFileException(folder + ": " + e.getMessage());
        }
    }

    /** Returns whether there are results of earlier rounds. */
    boolean hasResults() throws IOException {
        return files().listStatus(folder, path -> !path.getName().matches("[_.].*")).length > 0;
    }

    /** Returns some columns of all results, which are texts. */
    Dataset<Row> read(String... columns) {
        return format.read(session, folder.toString(), columns);
    }

    /** Adds the results of a round. */
    void append(Dataset<Row> results) throws IOException {
        Inputs.checked(
                () -> {
                    results.write()
                            .mode(SaveMode.Append)
                            .format(format.sparkName())
                            .option("ignoreNullFields", "false")
                            .save(folder.toString());
                    return results;
                });
    }

    /** Notes that all is done. */
    void complete(String key) throws IOException {
        mark(new Run(key, true));
    }
}
