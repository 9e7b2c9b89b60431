package io.github.djlctc.examples.common.console;

import io.github.djlctc.examples.common.Printable;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * Prints text with its control characters escaped, but for ends of lines and tabs.
 *
 * <p>What controls the terminal itself is printed to {@link #unescaped}.
 */
public final class PrintableWriter extends PrintWriter {

    private final PrintWriter target;

    /**
     * Creates a writer, which is flushed at the end of each line.
     *
     * @param target takes the escaped text
     */
    public PrintableWriter(PrintWriter target) {
        super(new Escaping(target), true);
        this.target = target;
    }

    /**
     * Returns what takes the text as it is.
     *
     * @param out where a program prints
     * @return the target of a {@link PrintableWriter}, or else what was given
     */
    public static PrintWriter unescaped(PrintWriter out) {
        return out instanceof PrintableWriter printable ? printable.target : out;
    }

    /** Escapes text on its way. */
    private static final class Escaping extends Writer {

        private final PrintWriter target;

        /** Whether the last character was a carriage return, which may begin an end of a line. */
        private boolean afterReturn;

        Escaping(PrintWriter target) {
            this.target = target;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            int done = offset;
            for (int i = offset; i < offset + length; i++) {
                char c = text[i];
                if (afterReturn) {
                    afterReturn = false;
                    target.write(c == '\n' ? "\r" : Printable.escape('\r'));
                }
                if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                    target.write(text, done, i - done);
                    done = i + 1;
                    if (c == '\r') {
                        afterReturn = true;
                    } else {
                        target.write(Printable.escape(c));
                    }
                }
            }
            target.write(text, done, offset + length - done);
        }

        @Override
        public void flush() {
            if (afterReturn) {
                afterReturn = false;
                target.write(Printable.escape('\r'));
            }
            target.flush();
        }

        @Override
        public void close() {
            target.close();
        }
    }
}
