package io.github.djlctc.examples.common.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;

import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.UnusableSampleException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The batches of an epoch, in the order of the sampler, made ahead by other threads up to a number.
 *
 * <p>A batch is put together on the host. Its features go to the device of the manager in one
 * transfer; targets and lengths stay on the CPU. It is the same whatever the number of threads.
 *
 * <p>Of several views of each sample, the first ones of all samples of a batch come first, then the
 * second ones. The size of a batch is its number of samples, its indices are those of the rows.
 */
final class BatchStream implements AutoCloseable {

    private static final VariableLengthBatchifier FEATURES = VariableLengthBatchifier.forFeatures();
    private static final VariableLengthBatchifier TARGETS = VariableLengthBatchifier.forTargets();

    private final SampleDataset dataset;
    private final NDManager manager;
    private final Executor executor;
    private final int ahead;
    private final Iterator<List<Long>> order;
    private final long epoch;
    private final Deque<CompletableFuture<Batch>> started = new ArrayDeque<>();
    private volatile boolean closed;

    BatchStream(SampleDataset dataset, NDManager manager, Executor executor, int ahead) {
        this.dataset = dataset;
        this.manager = manager;
        this.executor = executor;
        this.ahead = ahead;
        order = dataset.sampler().sample(dataset);
        epoch = dataset.sampler().epoch();
        startBatches();
    }

    /**
     * Waits for the next batch.
     *
     * @return the batch, to be closed by the caller; nothing at the end
     * @throws IOException if one of its samples can no longer be read
     */
    Optional<Batch> next() throws IOException {
        CompletableFuture<Batch> first = started.poll();
        if (first == null) {
            return Optional.empty();
        }
        startBatches();
        try {
            return Optional.of(first.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void startBatches() {
        while (started.size() < ahead && order.hasNext()) {
            started.add(start(order.next()));
        }
    }

    private CompletableFuture<Batch> start(List<Long> indices) {
        List<CompletableFuture<float[]>> features = new ArrayList<>();
        for (int v = 0; v < dataset.views(); v++) {
            int view = v;
            for (long index : indices) {
                features.add(CompletableFuture.supplyAsync(() -> features(index, view), executor));
            }
        }
        return CompletableFuture.allOf(features.toArray(CompletableFuture[]::new))
                .thenApply(
                        done ->
                                batch(
                                        indices,
                                        features.stream().map(CompletableFuture::join).toList()));
    }

    private float[] features(long index, int view) {
        if (closed) {
            throw new CancellationException("no more batches are wanted");
        }
        try {
            return dataset.features(index, epoch, view);
        } catch (UnusableSampleException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw BatchMemoryException.of(List.of(dataset.sample(index)), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CompletionException(new IOException(describe(index, e), e));
        } catch (RuntimeException e) {
            throw new IllegalStateException(describe(index, e), e);
        }
    }

    private String describe(long index, Exception e) {
        return dataset.sample(index).id() + ": " + ErrorText.of(e);
    }

    private Batch batch(List<Long> indices, List<float[]> features) {
        try {
            return padded(indices, features);
        } catch (OutOfMemoryError | ArithmeticException | EngineException e) {
            if (e instanceof ArithmeticException || PyTorch.isOutOfMemory(e)) {
                throw BatchMemoryException.of(dataset.samples(indices), e);
            }
            throw e;
        }
    }

    private Batch padded(List<Long> indices, List<float[]> features) {
        List<Long> rows = new ArrayList<>();
        for (int view = 0; view < dataset.views(); view++) {
            rows.addAll(indices);
        }
        List<long[]> targets = rows.stream().map(i -> dataset.sample(i).target()).toList();
        HostBatch batch = new HostBatch(features, targets, dataset.dimensions());
        NDManager own = manager.newSubManager();
        try {
            return new Batch(
                    own,
                    batch.data(own),
                    batch.labels(own),
                    indices.size(),
                    FEATURES,
                    TARGETS,
                    0,
                    dataset.size(),
                    rows);
        } catch (RuntimeException | OutOfMemoryError e) {
            own.close();
            throw e;
        }
    }

    /** Closes the batches that nobody took, after waiting for those that are being made. */
    @Override
    public void close() {
        closed = true;
        for (CompletableFuture<Batch> batch : started) {
            batch.thenAccept(Batch::close).exceptionally(e -> null).join();
        }
        started.clear();
    }
}
