package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.testdata.EmissionSet;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program, run in this JVM. */
final class DecodeProgram {

    private DecodeProgram() {}

    static Outcome run(Object... arguments) {
        return Outcome.of(CtcDecodeCommand.commandLine(), arguments);
    }

    /** Runs the program with more arguments after a list of them. */
    static Outcome run(List<?> arguments, Object... more) {
        return run(Stream.concat(arguments.stream(), Stream.of(more)).toArray());
    }

    /** Makes a language model of the project's own sentences. */
    static Outcome buildLanguageModel(int order, Path model) {
        return run(
                "build-lm",
                "--order",
                order,
                "--discount-fallback",
                "--text",
                EmissionSet.ownSentences(),
                "--out",
                model);
    }

    /** Runs the program with something to read on its standard input. */
    static Outcome runOn(byte[] input, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }
}
