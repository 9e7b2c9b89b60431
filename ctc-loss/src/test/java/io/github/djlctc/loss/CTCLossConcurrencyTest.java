package io.github.djlctc.loss;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.batch.EmissionLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** One instance serves several threads. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
class CTCLossConcurrencyTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 200;

    @Parameter private CTCAlgorithm algorithm;

    @Test
    void threadsGetTheLossesAndMetricsOfTheirOwnBatches() throws Exception {
        CTCLoss loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        List<RandomBatch> batches =
                new Random(1)
                        .ints()
                        .mapToObj(seed -> new RandomBatch(new Random(seed)))
                        .filter(batch -> batch.blank == 0)
                        .limit(THREADS)
                        .toList();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Double>>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                RandomBatch batch = batches.get(thread);
                String key = "thread " + thread;
                loss.addAccumulator(key);
                results.add(executor.submit(() -> losses(loss, batch, key)));
            }
            for (int thread = 0; thread < THREADS; thread++) {
                CTCLoss alone = CTCLoss.builder().optAlgorithm(algorithm).build();
                alone.addAccumulator("alone");
                List<Double> expected = losses(alone, batches.get(thread), "alone");
                assertThat(results.get(thread).get()).hasSize(ROUNDS).isEqualTo(expected);
                assertThat(loss.getAccumulator("thread " + thread))
                        .isEqualTo(alone.getAccumulator("alone"));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Double> losses(CTCLoss loss, RandomBatch batch, String key) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(
                        round -> {
                            try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
                                NDList labels = batch.labels(manager);
                                NDList predictions = predictions(batch, manager);
                                double value = loss.evaluate(labels, predictions).getDouble();
                                loss.updateAccumulator(key, labels, predictions);
                                return value;
                            }
                        })
                .toList();
    }

    private static NDList predictions(RandomBatch batch, NDManager manager) {
        return batch.predictions(manager, DataType.FLOAT64, EmissionLayout.BATCH_MAJOR);
    }
}
