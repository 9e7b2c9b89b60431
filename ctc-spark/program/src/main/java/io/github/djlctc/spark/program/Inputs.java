package io.github.djlctc.spark.program;

import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;

import java.io.IOException;

/** Turns Spark's exceptions into those that the program explains in a line. */
final class Inputs {

    private Inputs() {}

    /** Something that reads with Spark. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads with Spark.
     *
     * @throws IOException if what is read is not there, or cannot be read
     */
    static <T> T checked(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Spark's checked exceptions come out of methods that do not declare them.
            if (e instanceof AnalysisException || e instanceof SparkException) {
                throw new IOException(firstLine(rootOf(e)), rootOf(e));
            }
            throw new IllegalStateException(e);
        }
    }

    /** Returns what lies behind Spark's own exceptions, such as a full disk. */
    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("Spark failed");
    }
}
