package io.github.djlctc.examples.ocr;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;

import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.image.ImageFormatException;
import io.github.djlctc.examples.ocr.model.OcrModel;
import io.github.djlctc.examples.ocr.model.TextLine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads image files, and lines in batches of equal padded width with a predictor for each thread.
 *
 * @param <O> what is made of a line
 */
final class LineReader<O> implements AutoCloseable {

    private final int batchSize;
    private final List<Predictor<TextLine, O>> predictors = new ArrayList<>();
    private final ExecutorService threads;

    LineReader(OcrModel model, Translator<TextLine, O> translator, int batchSize, int threads) {
        this.batchSize = batchSize;
        for (int i = 0; i < threads; i++) {
            predictors.add(model.newPredictor(translator));
        }
        this.threads = Executors.newFixedThreadPool(threads);
    }

    /** Returns the files that can be used, in their order, and adds the others to the skipped. */
    List<LineFile> load(List<Path> files, SkippedSamples skipped)
            throws IOException, InterruptedException {
        List<Future<LineFile>> loading =
                files.stream().map(file -> threads.submit(() -> LineFile.read(file))).toList();
        List<LineFile> loaded = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            try {
                loaded.add(loading.get(i).get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ImageFormatException unusable)) {
                    throw new IOException(
                            files.get(i) + ": " + e.getCause().getMessage(), e.getCause());
                }
                skipped.add(files.get(i).toString(), unusable.reason(), unusable.detail());
            }
        }
        return loaded;
    }

    /** Returns what was made of each line, in the order of the lines. */
    List<O> read(List<TextLine> lines) throws IOException, InterruptedException {
        List<int[]> batches = batches(lines);
        @SuppressWarnings("unchecked")
        O[] results = (O[]) new Object[lines.size()];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (Predictor<TextLine, O> predictor : predictors) {
            running.add(
                    threads.submit(
                            () -> {
                                int batch;
                                while ((batch = next.getAndIncrement()) < batches.size()) {
                                    read(lines, batches.get(batch), predictor, results);
                                }
                                return null;
                            }));
        }
        for (Future<?> worker : running) {
            await(worker);
        }
        return Arrays.asList(results);
    }

    /** Returns the indices of the lines of each batch. */
    private List<int[]> batches(List<TextLine> lines) {
        Map<Integer, List<Integer>> byWidth = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            byWidth.computeIfAbsent(lines.get(i).paddedWidth(), width -> new ArrayList<>()).add(i);
        }
        List<int[]> batches = new ArrayList<>();
        for (List<Integer> equal : byWidth.values()) {
            for (int from = 0; from < equal.size(); from += batchSize) {
                int to = Math.min(from + batchSize, equal.size());
                batches.add(equal.subList(from, to).stream().mapToInt(i -> i).toArray());
            }
        }
        return batches;
    }

    private static <O> void read(
            List<TextLine> lines, int[] batch, Predictor<TextLine, O> predictor, O[] results)
            throws TranslateException {
        List<O> made = predictor.batchPredict(Arrays.stream(batch).mapToObj(lines::get).toList());
        for (int i = 0; i < batch.length; i++) {
            results[batch[i]] = made.get(i);
        }
    }

    private static void await(Future<?> worker) throws IOException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof TranslateException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new IOException(problem(cause), cause);
        }
    }

    private static String problem(Throwable cause) {
        if (!(cause instanceof EmissionScaleException)) {
            return "the model failed: " + cause.getMessage();
        }
        // The cause of the error of a sample in a batch is that of the line itself.
        Throwable ofLine = cause.getCause() instanceof EmissionScaleException e ? e : cause;
        return "what the model puts out is of another scale: "
                + ((EmissionScaleException) ofLine).problem()
                + "; name the scale, logits or probabilities, with --emissions-are";
    }

    @Override
    public void close() {
        threads.shutdownNow();
        predictors.forEach(Predictor::close);
    }
}
