package io.github.djlctc.decode;

import io.github.djlctc.emission.InvalidEmissionException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Decodes many samples on several threads, the longest first, so that all threads end together. */
final class BatchSearch {

    private final BeamSearchDecoder decoder;
    private final int classes;

    BatchSearch(BeamSearchDecoder decoder, int classes) {
        this.decoder = decoder;
        this.classes = classes;
    }

    List<BeamSearchResult> run(List<float[]> samples, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, but are " + threads);
        }
        for (int sample = 0; sample < samples.size(); sample++) {
            checkSize(sample, samples.get(sample).length);
        }
        BeamSearchResult[] results = new BeamSearchResult[samples.size()];
        List<Integer> longestFirst =
                IntStream.range(0, results.length)
                        .boxed()
                        .sorted(Comparator.comparing(i -> -samples.get(i).length))
                        .toList();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Future<?>[] tasks = new Future<?>[results.length];
            for (int i : longestFirst) {
                tasks[i] = executor.submit(() -> decode(samples, i, results));
            }
            // In the order of the samples, so that of many bad samples the first one is reported.
            for (Future<?> task : tasks) {
                await(task);
            }
        } finally {
            executor.shutdownNow();
        }
        return Arrays.asList(results);
    }

    private void checkSize(int sample, int values) {
        if (values % classes != 0) {
            throw new IllegalArgumentException(
                    "sample "
                            + sample
                            + ": the emissions hold "
                            + values
                            + " values, which is no multiple of the alphabet's "
                            + classes
                            + " tokens, the blank included");
        }
    }

    private void decode(List<float[]> samples, int sample, BeamSearchResult[] results) {
        float[] emissions = samples.get(sample);
        try {
            results[sample] = decoder.search(emissions, emissions.length / classes);
        } catch (InvalidEmissionException e) {
            throw e.ofSample(sample);
        }
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while decoding", e);
        }
    }
}
