package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Rehearsal;

import picocli.CommandLine.Command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code ctc-decode rehearse}. */
@Command(
        name = "rehearse",
        description = "Runs the other commands on made-up data, for the build.",
        hidden = true)
final class RehearseCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        try (Rehearsal rehearsal = Rehearsal.of(CtcDecodeCommand::commandLine)) {
            Path arpa = rehearsal.file("lm.arpa");
            Path binary = rehearsal.file("lm.binary");
            rehearsal.run(
                    "build-lm",
                    "--order=3",
                    "--text",
                    rehearsal.text(),
                    "--out",
                    arpa,
                    "--discount-fallback");
            rehearsal.run("build-binary", "--lm", arpa, "--out", binary);
            query(rehearsal, arpa);
            query(rehearsal, binary);
            read(rehearsal, "decode", "--lm", arpa);
            read(rehearsal, "decode", "--lm", binary, "--lexicon", "lm", "--json");
            read(rehearsal, "decode", "--greedy", "--out", rehearsal.file("out.jsonl"));
            read(rehearsal, "align", "--out", rehearsal.file("aligned.jsonl"));
        }
        return 0;
    }

    private static void query(Rehearsal rehearsal, Path model) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("AB BA\n".getBytes(StandardCharsets.UTF_8)));
        try {
            rehearsal.run("query-lm", "--lm", model);
        } finally {
            System.setIn(before);
        }
    }

    /** Runs a command that reads emissions. */
    private static void read(Rehearsal rehearsal, String command, Object... options) {
        Stream<Object> data =
                Stream.of(
                        command,
                        "--emissions",
                        rehearsal.emissions(),
                        "--alphabet",
                        rehearsal.alphabet(),
                        "--refs",
                        rehearsal.references());
        rehearsal.run(Stream.concat(data, Stream.of(options)).toArray());
    }
}
