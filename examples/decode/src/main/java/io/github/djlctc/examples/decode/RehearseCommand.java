package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.numpy.NpzWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ctc-decode rehearse}: runs the other commands on made-up data. The build records which
 * classes that loads, and makes an archive of them, from which Java starts in less time.
 */
@Command(
        name = "rehearse",
        description = "Runs the other commands on made-up data, for the build.",
        hidden = true)
final class RehearseCommand implements Callable<Integer> {

    private static final List<String> TOKENS = List.of("<blank>", "<space>", "A", "B", "C");
    private static final List<String> UTTERANCES = List.of("u", "v");

    /** So many that the label prior is estimated. */
    private static final int FRAMES = (int) PriorFileOptions.LEAST_FRAMES;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("ctc-decode");
        try {
            rehearse(folder);
            return 0;
        } finally {
            delete(folder);
        }
    }

    private void rehearse(Path folder) throws IOException {
        Path text =
                Files.writeString(folder.resolve("text"), "AB BA\nABC CAB\nCC CAB BA\nBA AB ABC\n");
        Path alphabet = Files.write(folder.resolve("alphabet.txt"), TOKENS);
        Path emissions = writeEmissions(folder.resolve("emissions.npz"));
        Path refs =
                Files.writeString(
                        folder.resolve("refs"),
                        UTTERANCES.stream()
                                .map("{\"utt\": \"%s\", \"text\": \"AB BA\"}\n"::formatted)
                                .collect(Collectors.joining()));
        Path arpa = folder.resolve("lm.arpa");
        Path binary = folder.resolve("lm.binary");
        run("build-lm", "--order", 3, "--text", text, "--out", arpa, "--discount-fallback");
        run("build-binary", "--lm", arpa, "--out", binary);
        query(arpa);
        query(binary);
        Object[] data = {"--emissions", emissions, "--alphabet", alphabet, "--refs", refs};
        run("decode", data, "--lm", arpa);
        run("decode", data, "--lm", binary, "--lexicon", "lm", "--json");
        run("decode", data, "--greedy", "--out", folder.resolve("out.jsonl"));
        run("align", data, "--out", folder.resolve("aligned.jsonl"));
    }

    private static Path writeEmissions(Path file) throws IOException {
        Random random = new Random(1);
        int frames = FRAMES / UTTERANCES.size();
        float[] values = new float[frames * TOKENS.size()];
        try (NpzWriter writer = NpzWriter.create(file)) {
            for (String utterance : UTTERANCES) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (4 * random.nextGaussian());
                }
                writer.write(utterance, values, frames, TOKENS.size());
            }
            writer.finish();
        }
        return file;
    }

    private void query(Path model) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("AB BA\n".getBytes(StandardCharsets.UTF_8)));
        try {
            run("query-lm", "--lm", model);
        } finally {
            System.setIn(before);
        }
    }

    private void run(String command, Object... arguments) {
        run(Stream.concat(Stream.of(command), Stream.of(arguments)));
    }

    private void run(String command, Object[] arguments, Object... more) {
        run(
                Stream.of(Stream.of(command), Stream.of(arguments), Stream.of(more))
                        .flatMap(part -> part));
    }

    private void run(Stream<?> arguments) {
        CommandLine program = CtcDecodeCommand.commandLine();
        program.setOut(
                new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        int code = program.execute(arguments.map(Object::toString).toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("the rehearsal of the commands failed");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
