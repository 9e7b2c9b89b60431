package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.console.ConsoleProgress;

import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Shows how many rows the tasks of Spark have written. */
final class SparkProgress extends SparkListener implements AutoCloseable {

    private final SparkSession session;
    private final ConsoleProgress progress;

    /**
     * Prepares progress.
     *
     * @param total the rows to write, or 0 if that is not known
     */
    SparkProgress(SparkSession session, String task, long total, String unit) {
        this.session = session;
        progress = ConsoleProgress.start(task, total, unit);
    }

    /** Follows the tasks from now on. */
    void follow() {
        session.sparkContext().addSparkListener(this);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.reason() == Success$.MODULE$ && task.taskMetrics() != null) {
            progress.stepBy(task.taskMetrics().outputMetrics().recordsWritten());
        }
    }

    @Override
    public void close() {
        session.sparkContext().removeSparkListener(this);
        progress.close();
    }
}
