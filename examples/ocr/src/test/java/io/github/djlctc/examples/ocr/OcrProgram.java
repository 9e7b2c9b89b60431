package io.github.djlctc.examples.ocr;

import io.github.djlctc.examples.common.command.Outcome;

/** The program, run in this JVM. */
final class OcrProgram {

    private OcrProgram() {}

    static Outcome run(Object... arguments) {
        return Outcome.of(OcrCommand.commandLine(), arguments);
    }
}
