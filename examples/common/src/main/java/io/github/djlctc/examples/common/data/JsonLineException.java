package io.github.djlctc.examples.common.data;

import java.io.IOException;

/** A line of a JSON lines file that cannot be used. */
public final class JsonLineException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The file and the line. */
    private final String where;

    /** The class of problem. */
    private final String reason;

    /** What is wrong with this line. */
    private final String detail;

    JsonLineException(String where, String reason, String detail) {
        super(where + ": " + reason + ": " + detail);
        this.where = where;
        this.reason = reason;
        this.detail = detail;
    }

    /** {@return the file and the line, such as {@code train.jsonl:17}} */
    public String where() {
        return where;
    }

    /** {@return the class of problem, in the same words for all lines that share it} */
    public String reason() {
        return reason;
    }

    /** {@return what is wrong with this line, with the values} */
    public String detail() {
        return detail;
    }
}
