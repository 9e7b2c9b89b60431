package io.github.djlctc.examples.common.data;

import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.file.InputFile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads JSON lines on all processors, and hands on what is made of them in the order of the file.
 * What takes more than a second shows its progress.
 *
 * @param <T> what is made of a line
 */
final class ParallelJsonLines<T> {

    /**
     * Makes something of a line; called by several threads at once.
     *
     * @param <T> what is made of it
     */
    @FunctionalInterface
    interface Parser<T> {
        T parse(JsonLine line) throws JsonLineException;
    }

    /**
     * Takes what was made of a line; called by one thread.
     *
     * @param <T> what was made of it
     */
    @FunctionalInterface
    interface Taker<T> {
        void take(JsonLine line, T value) throws JsonLineException;
    }

    /** A line that was read: what was made of it, or the problem with it. */
    private record Parsed<T>(JsonLine line, T value, JsonLineException problem) {}

    private static final int CHUNK_LINES = 512;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MEGABYTE = 1_000_000;

    private final Path file;
    private final String example;
    private final Parser<T> parser;
    private final Taker<T> taker;
    private final Consumer<JsonLineException> problems;
    private final long start = System.nanoTime();
    private Optional<ConsoleProgress> progress = Optional.empty();
    private long bytesRead;
    private long megabytesShown;

    /**
     * Creates a reader.
     *
     * @param file the file
     * @param example a line as it should be, for messages about files of other kinds
     * @param parser makes something of each line
     * @param taker takes it
     * @param problems takes the lines that cannot be used, where they would have been taken
     */
    ParallelJsonLines(
            Path file,
            String example,
            Parser<T> parser,
            Taker<T> taker,
            Consumer<JsonLineException> problems) {
        this.file = file;
        this.example = example;
        this.parser = parser;
        this.taker = taker;
        this.problems = problems;
    }

    /** Reads all lines. */
    void read() throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        // Latin-1 keeps the bytes as they are, so that each line can be decoded on its own.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(InputFile.open(file), StandardCharsets.ISO_8859_1))) {
            Deque<Future<List<Parsed<T>>>> chunks = new ArrayDeque<>();
            int first = 1;
            List<String> chunk = nextChunk(lines);
            while (!chunk.isEmpty()) {
                int number = first;
                List<String> texts = chunk;
                chunks.add(executor.submit(() -> parse(texts, number)));
                if (chunks.size() > 2 * threads) {
                    take(chunks.remove());
                }
                first += chunk.size();
                chunk = nextChunk(lines);
            }
            while (!chunks.isEmpty()) {
                take(chunks.remove());
            }
        } finally {
            executor.shutdownNow();
            progress.ifPresent(ConsoleProgress::close);
        }
    }

    private List<String> nextChunk(BufferedReader lines) throws IOException {
        List<String> chunk = new ArrayList<>(CHUNK_LINES);
        while (chunk.size() < CHUNK_LINES) {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            bytesRead += line.length() + 1;
            chunk.add(line);
        }
        showProgress();
        return chunk;
    }

    private void showProgress() throws IOException {
        if (progress.isEmpty() && System.nanoTime() - start > PATIENCE_NANOS) {
            String task = "listing " + file.getFileName();
            progress =
                    Optional.of(ConsoleProgress.startLate(task, Files.size(file) / MEGABYTE, "MB"));
        }
        progress.ifPresent(
                shown -> {
                    shown.stepBy(bytesRead / MEGABYTE - megabytesShown);
                    megabytesShown = bytesRead / MEGABYTE;
                });
    }

    private List<Parsed<T>> parse(List<String> lines, int first) {
        List<Parsed<T>> results = new ArrayList<>(lines.size());
        int number = first;
        for (String text : lines) {
            FileLine where = new FileLine(file, number++);
            if (text.isBlank()) {
                continue;
            }
            try {
                JsonLine line = JsonLines.parse(text, where, example);
                results.add(new Parsed<>(line, parser.parse(line), null));
            } catch (JsonLineException e) {
                results.add(new Parsed<>(null, null, e));
            }
        }
        return results;
    }

    private void take(Future<List<Parsed<T>>> chunk) throws IOException {
        for (Parsed<T> parsed : result(chunk)) {
            try {
                if (parsed.problem != null) {
                    throw parsed.problem;
                }
                taker.take(parsed.line, parsed.value);
            } catch (JsonLineException e) {
                problems.accept(e);
            }
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("listing was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
