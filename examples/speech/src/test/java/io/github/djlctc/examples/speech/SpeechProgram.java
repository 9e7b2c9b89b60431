package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;

/** The program, run in this JVM. */
final class SpeechProgram {

    private SpeechProgram() {}

    static Outcome run(Object... arguments) {
        return Outcome.of(SpeechCommand.commandLine(), arguments);
    }
}
