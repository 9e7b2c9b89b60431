package io.github.djlctc.examples.common.command;

import io.github.djlctc.numpy.NpzWriter;

import picocli.CommandLine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the commands of a program on made-up data in a temporary folder, which it deletes. The build
 * records which classes that loads, and makes an archive of them, from which Java starts in less
 * time.
 */
public final class Rehearsal implements AutoCloseable {

    private static final List<String> TOKENS = List.of("<blank>", "<space>", "A", "B", "C");
    private static final List<String> UTTERANCES = List.of("u", "v");

    /** So many that the label prior is estimated. */
    private static final int FRAMES = (int) PriorFileOptions.LEAST_FRAMES;

    private final Supplier<CommandLine> program;
    private final Path folder;

    private Rehearsal(Supplier<CommandLine> program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * Makes the data.
     *
     * @param program creates the command line for each run
     * @return the rehearsal, to be closed
     * @throws IOException if the data cannot be written
     */
    public static Rehearsal of(Supplier<CommandLine> program) throws IOException {
        Rehearsal rehearsal =
                new Rehearsal(program, Files.createTempDirectory("djl-ctc-rehearsal"));
        try {
            rehearsal.write();
            return rehearsal;
        } catch (Throwable e) {
            try (rehearsal) {
                throw e;
            }
        }
    }

    private void write() throws IOException {
        Files.writeString(text(), "AB BA\nABC CAB\nCC CAB BA\nBA AB ABC\n");
        Files.write(alphabet(), TOKENS);
        Files.writeString(
                references(),
                UTTERANCES.stream()
                        .map("{\"utt\": \"%s\", \"text\": \"AB BA\"}\n"::formatted)
                        .collect(Collectors.joining()));
        Random random = new Random(1);
        int frames = FRAMES / UTTERANCES.size();
        float[] values = new float[frames * TOKENS.size()];
        try (NpzWriter writer = NpzWriter.create(emissions())) {
            for (String utterance : UTTERANCES) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (4 * random.nextGaussian());
                }
                writer.write(utterance, values, frames, TOKENS.size());
            }
            writer.finish();
        }
    }

    /** {@return a text of a few sentences} */
    public Path text() {
        return file("text.txt");
    }

    /** {@return the tokens of the emissions} */
    public Path alphabet() {
        return file("alphabet.txt");
    }

    /** {@return emissions of a few utterances} */
    public Path emissions() {
        return file("emissions.npz");
    }

    /** {@return what was said in them, as JSON lines} */
    public Path references() {
        return file("refs.jsonl");
    }

    /**
     * Returns where a command can write.
     *
     * @param name a name
     * @return the file in the temporary folder
     */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Runs a command. What it prints is lost.
     *
     * @param arguments its name and arguments
     * @throws IllegalStateException if it fails
     */
    public void run(Object... arguments) {
        CommandLine line = program.get();
        line.setOut(
                new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        int code = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(
                    "the rehearsal of %s ended with exit code %d".formatted(arguments[0], code));
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
