package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.Outcome;

/** The program, run in this JVM. */
final class HtrProgram {

    private HtrProgram() {}

    static Outcome run(Object... arguments) {
        return Outcome.of(HtrCommand.commandLine(), arguments);
    }
}
