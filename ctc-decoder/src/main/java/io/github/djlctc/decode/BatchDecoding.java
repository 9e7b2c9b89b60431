package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Decodes many samples on several threads, the longest first, so that all threads end together.
 *
 * @param <R> the result of a sample
 */
final class BatchDecoding<R> {

    private final int classes;
    private final SampleDecoder<R> decoder;

    /** Decodes one sample. */
    interface SampleDecoder<R> {
        R decode(float[] emissions, int frames);
    }

    BatchDecoding(int classes, SampleDecoder<R> decoder) {
        this.classes = classes;
        this.decoder = decoder;
    }

    List<R> run(List<float[]> samples, int threads) {
        Objects.requireNonNull(samples, "samples");
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, but are " + threads);
        }
        for (int sample = 0; sample < samples.size(); sample++) {
            checkSize(sample, samples.get(sample));
        }
        List<Integer> longestFirst =
                IntStream.range(0, samples.size())
                        .boxed()
                        .sorted(Comparator.comparing(i -> -samples.get(i).length))
                        .toList();
        ExecutorService executor =
                Executors.newFixedThreadPool(Math.max(1, Math.min(threads, samples.size())));
        try {
            List<Future<R>> tasks = new ArrayList<>(Collections.nCopies(samples.size(), null));
            for (int i : longestFirst) {
                tasks.set(i, executor.submit(() -> decode(samples.get(i), i)));
            }
            // In the order of the samples, so that of many bad samples the first one is reported.
            List<R> results = new ArrayList<>(tasks.size());
            for (Future<R> task : tasks) {
                results.add(await(task));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private void checkSize(int sample, float[] emissions) {
        int values = Objects.requireNonNull(emissions, () -> "sample " + sample).length;
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

    private R decode(float[] emissions, int sample) {
        try {
            return decoder.decode(emissions, emissions.length / classes);
        } catch (InvalidEmissionException e) {
            throw e.ofSample(sample);
        } catch (EmissionScaleException e) {
            throw e.ofSample(sample);
        }
    }

    private static <R> R await(Future<R> task) {
        try {
            return task.get();
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
