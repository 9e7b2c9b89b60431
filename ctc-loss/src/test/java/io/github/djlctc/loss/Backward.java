package io.github.djlctc.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;

import io.github.djlctc.batch.EmissionLayout;

import java.util.function.Supplier;

/** Takes gradients with respect to logits. */
final class Backward {

    private Backward() {}

    static NDArray gradient(NDArray logits, Supplier<NDArray> loss) {
        logits.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.get());
        }
        return logits.getGradient();
    }

    /** The gradient by sample, frame and class, whatever the layout. */
    static double[][][] gradient(NDArray logits, EmissionLayout layout, Supplier<NDArray> loss) {
        NDArray gradient = gradient(logits, loss).toType(DataType.FLOAT64, false);
        NDArray batchMajor =
                layout == EmissionLayout.BATCH_MAJOR ? gradient : gradient.swapAxes(0, 1);
        double[] values = batchMajor.toDoubleArray();
        int frames = (int) batchMajor.getShape().get(1);
        int classes = (int) batchMajor.getShape().get(2);
        double[][][] result = new double[(int) batchMajor.getShape().get(0)][frames][classes];
        for (int n = 0; n < result.length; n++) {
            for (int t = 0; t < frames; t++) {
                System.arraycopy(values, (n * frames + t) * classes, result[n][t], 0, classes);
            }
        }
        return result;
    }
}
