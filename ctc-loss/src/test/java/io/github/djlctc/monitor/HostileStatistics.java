package io.github.djlctc.monitor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.testing.HostileArrays;
import io.github.djlctc.testing.HostileCall;

import java.util.Random;
import java.util.function.Consumer;

/** Takes the statistics of logits that may not be those of the batch. */
public final class HostileStatistics implements HostileCall {

    @Override
    public void run(Random random, NDManager manager, Consumer<Outcome> demanded) {
        HostileArrays arrays = new HostileArrays(random, manager);
        EmissionLayout layout =
                random.nextBoolean() ? EmissionLayout.BATCH_MAJOR : EmissionLayout.TIME_MAJOR;
        int samples = 1 + random.nextInt(3);
        int frames = 1 + random.nextInt(4);
        int classes = 2 + random.nextInt(3);
        Shape shape =
                layout == EmissionLayout.BATCH_MAJOR
                        ? new Shape(samples, frames, classes)
                        : new Shape(frames, samples, classes);
        NDArray labels = manager.ones(new Shape(samples, 1), DataType.INT64);
        CTCBatch batch =
                CTCBatch.read(new NDList(labels), new NDList(manager.zeros(shape)), layout, -1);
        boolean wrongShape = random.nextBoolean();
        DataType type = arrays.onceIn(4) ? arrays.type() : arrays.realType();
        NDArray logits = arrays.array(wrongShape ? arrays.otherThan(shape) : shape, type);
        demanded.accept(wrongShape || !type.isFloating() ? Outcome.REFUSAL : Outcome.RESULT);
        CTCLoss loss = CTCLoss.builder().optLayout(layout).build();
        try (EmissionStatistics statistics = EmissionStatistics.start(loss, batch, logits)) {
            statistics.read();
        }
    }
}
