package io.github.djlctc.examples.common.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The output of programs that have no {@link ProgramCommandLine}. */
public final class ProgramOutput {

    private ProgramOutput() {}

    /**
     * Lets {@link System#out} throw at the first text that cannot be written, in UTF-8; before, it
     * keeps such failures to itself, and the program looks successful.
     */
    public static void guard() {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }
}
