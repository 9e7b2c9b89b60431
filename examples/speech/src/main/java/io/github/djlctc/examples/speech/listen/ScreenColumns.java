package io.github.djlctc.examples.speech.listen;

import org.jline.nativ.CLibrary;

import java.util.OptionalInt;

/** Whether the standard output is a terminal, also where the standard input is not. */
public final class ScreenColumns {

    private static final int STANDARD_OUTPUT = 1;
    private static final int USUAL = 80;

    private ScreenColumns() {}

    /**
     * Returns the width of the terminal that the standard output leads to.
     *
     * @return columns; nothing if it leads elsewhere, or to a terminal without control sequences
     */
    public static OptionalInt find() {
        String terminal = System.getenv("TERM");
        if (terminal == null || terminal.equals("dumb")) {
            return OptionalInt.empty();
        }
        try {
            if (CLibrary.isatty(STANDARD_OUTPUT) == 0) {
                return OptionalInt.empty();
            }
            CLibrary.WinSize size = new CLibrary.WinSize();
            int result = CLibrary.ioctl(STANDARD_OUTPUT, CLibrary.TIOCGWINSZ, size);
            return OptionalInt.of(result == 0 && size.ws_col > 0 ? size.ws_col : USUAL);
        } catch (LinkageError | RuntimeException e) {
            // Not every system has the native library.
            return OptionalInt.empty();
        }
    }
}
