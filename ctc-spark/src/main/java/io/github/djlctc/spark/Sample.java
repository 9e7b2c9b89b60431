package io.github.djlctc.spark;

import org.apache.spark.sql.Row;

/** A row whose file was read: its bytes, or else the problem. The array belongs to the sample. */
final class Sample {

    private final Row others;
    private final byte[] content;
    private final String problem;

    private Sample(Row others, byte[] content, String problem) {
        this.others = others;
        this.content = content;
        this.problem = problem;
    }

    static Sample read(Row others, byte[] content) {
        return new Sample(others, content, null);
    }

    static Sample unreadable(Row others, String problem) {
        return new Sample(others, null, problem);
    }

    Row others() {
        return others;
    }

    /** Returns the bytes, or null if there is a problem. */
    byte[] content() {
        return content;
    }

    /** Returns what is wrong, or null. */
    String problem() {
        return problem;
    }

    int length() {
        return content == null ? 0 : content.length;
    }
}
