package io.github.djlctc.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import io.github.djlctc.batch.EmissionLayout;

/**
 * How far gradients of float32 logits are from PyTorch's in float64: the greatest difference over
 * the greatest element.
 *
 * @param torch PyTorch's
 * @param scaled the library's on the CPU
 */
record LossPrecision(double torch, double scaled) {

    static LossPrecision of(LossSize size) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray timeMajor = size.logits(manager, EmissionLayout.TIME_MAJOR);
            NDArray batchMajor = timeMajor.swapAxes(0, 1).flatten().reshape(batchMajor(timeMajor));
            NDArray targets = size.targets(manager);
            LossContender torch = LossContender.of(LossContender.TORCH);
            NDArray exact = gradient(torch, timeMajor.toType(DataType.FLOAT64, true), targets);
            NDArray single = gradient(torch, timeMajor, targets);
            double ofTorch = difference(single, exact);
            single.close();
            NDArray own = gradient(LossContender.of("scaled"), batchMajor, targets);
            return new LossPrecision(ofTorch, difference(own.swapAxes(0, 1), exact));
        }
    }

    private static Shape batchMajor(NDArray timeMajor) {
        Shape shape = timeMajor.getShape();
        return new Shape(shape.get(1), shape.get(0), shape.get(2));
    }

    private static NDArray gradient(LossContender contender, NDArray logits, NDArray targets) {
        logits.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(contender.evaluate(logits, targets));
        }
        return logits.getGradient();
    }

    private static double difference(NDArray gradient, NDArray exact) {
        try (NDManager scratch = gradient.getManager().newSubManager()) {
            NDArray wide = gradient.toType(DataType.FLOAT64, true);
            wide.attach(scratch);
            double difference = wide.subi(exact).abs().max().getDouble();
            return difference / exact.abs().max().getDouble();
        }
    }

    @Override
    public String toString() {
        return torch + " " + scaled;
    }
}
