package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.loss.CTCPrograms.Output;

import java.util.Arrays;
import java.util.Optional;

/**
 * Forward-backward in Java on the memory of the engine: {@link CTCAlgorithm#SCALED}.
 *
 * <p>The engine computes the softmax, which {@link DenseForwardBackward} turns into the gradient g.
 * Back-propagation gets it as that of the product of the logits x and g, \( \partial (x \cdot g) /
 * \partial x = g \), whose value is then overwritten with the loss. Large batches are left to
 * {@link BlockwiseSoftmax} as far as it can compute them.
 */
final class ScaledAlgorithm implements LossAlgorithm {

    static final ScaledAlgorithm INSTANCE = new ScaledAlgorithm();

    private ScaledAlgorithm() {}

    @Override
    public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
        // DJL's conversion from float16 is not differentiable, that in the program is.
        if (settings.isRegularized() || logits.getDataType() == DataType.FLOAT16) {
            return attach(logits, batch, settings, Output.REDUCED);
        }
        return blockwise(logits, batch, settings)
                .orElseGet(() -> overAllClasses(logits, batch, settings));
    }

    private static Optional<Evaluation> blockwise(
            NDArray logits, CTCBatch batch, LossSettings settings) {
        Optional<BlockwiseSoftmax> blocks = BlockwiseSoftmax.of(logits, batch, settings);
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        try (BlockwiseSoftmax blockwise = blocks.get()) {
            return blockwise
                    .losses()
                    .map(losses -> evaluation(logits, blockwise, losses, batch, settings));
        }
    }

    /** Evaluates without regularization. */
    static Evaluation evaluation(
            NDArray logits,
            BlockwiseSoftmax blockwise,
            double[] losses,
            CTCBatch batch,
            LossSettings settings) {
        double[] weights = settings.weights(batch);
        NDArray loss = PyTorch.isRecording() ? blockwise.product(losses, weights) : scalar(logits);
        return evaluation(loss, losses, weights, settings);
    }

    private static Evaluation evaluation(
            NDArray loss, double[] losses, double[] weights, LossSettings settings) {
        double[] values = withReduced(losses, weights, settings);
        write(loss, values[0]);
        return new Evaluation(loss, new HostValues.OnHost(values));
    }

    private static Evaluation overAllClasses(
            NDArray logits, CTCBatch batch, LossSettings settings) {
        try (NDArray posteriors = posteriors(logits)) {
            double[] losses = compute(logits, posteriors, batch, settings);
            double[] weights = settings.weights(batch);
            NDArray loss =
                    PyTorch.isRecording()
                            ? product(logits, posteriors, weights, settings)
                            : scalar(logits);
            return evaluation(loss, losses, weights, settings);
        }
    }

    @Override
    public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
        return attach(logits, batch, settings, Output.PER_SAMPLE);
    }

    private static Evaluation attach(
            NDArray logits, CTCBatch batch, LossSettings settings, Output output) {
        try (NDArray detached = logits.stopGradient();
                NDArray emissions = atLeastFloat32(detached);
                NDArray posteriors = posteriors(emissions);
                NDArray gradient = posteriors.reshape(logits.getShape());
                NDManager host = logits.getManager().newSubManager(Device.cpu())) {
            double[] losses = compute(emissions, posteriors, batch, settings);
            long[] bits = Arrays.stream(losses).mapToLong(Double::doubleToRawLongBits).toArray();
            long[] numbers =
                    CTCPrograms.numbers(batch, settings, output, PyTorch.isRecording(), bits);
            NDList arguments = new NDList(logits, gradient, host.create(numbers));
            return Evaluation.of(CTCPrograms.ATTACH.run(arguments), output);
        }
    }

    private static NDArray atLeastFloat32(NDArray logits) {
        return logits.getDataType() == DataType.FLOAT16
                ? logits.toType(DataType.FLOAT32, false)
                : logits;
    }

    /** Returns the softmax in one row, contiguous whatever the strides of the logits. */
    private static NDArray posteriors(NDArray logits) {
        try (NDArray values = logits.stopGradient();
                NDArray softmax = values.softmax(2)) {
            return softmax.flatten();
        }
    }

    private static double[] compute(
            NDArray logits, NDArray posteriors, CTCBatch batch, LossSettings settings) {
        DenseForwardBackward gradient = new DenseForwardBackward(batch, settings);
        return PyTorch.isRecording()
                ? gradient.lossesAndGradient(logits, posteriors)
                : gradient.losses(logits, posteriors);
    }

    /** Returns the reduced loss, followed by the losses. */
    private static double[] withReduced(double[] losses, double[] weights, LossSettings settings) {
        double[] values = new double[losses.length + 1];
        for (int n = 0; n < losses.length; n++) {
            values[n + 1] = losses[n];
            if (losses[n] != Double.POSITIVE_INFINITY || !settings.dropsInfinite()) {
                values[0] += weights[n] * losses[n];
            }
        }
        return values;
    }

    /** Returns a scalar whose gradient with respect to the logits is that of the reduced loss. */
    private static NDArray product(
            NDArray logits, NDArray gradient, double[] weights, LossSettings settings) {
        double first = weights[0];
        if (Arrays.stream(weights).anyMatch(weight -> weight != first)) {
            weigh(gradient, logits.getShape(), weights, settings);
            return product(logits, gradient);
        }
        // Back-propagation reads the factor again, so the engine must own its memory.
        try (NDArray factor = scalar(logits)) {
            write(factor, first);
            return product(logits, gradient).muli(factor);
        }
    }

    private static NDArray product(NDArray logits, NDArray gradient) {
        try (NDArray row = logits.flatten()) {
            return row.dot(gradient);
        }
    }

    private static void weigh(
            NDArray gradient, Shape shape, double[] weights, LossSettings settings) {
        Shape each =
                settings.isTimeMajor()
                        ? new Shape(1, weights.length, 1)
                        : new Shape(weights.length, 1, 1);
        NDManager manager = gradient.getManager();
        try (NDManager host = manager.newSubManager(Device.cpu());
                NDArray view = gradient.reshape(shape)) {
            NDArray factors = host.create(weights, each);
            view.muli(factors.toType(gradient.getDataType(), false));
        }
    }

    private static NDArray scalar(NDArray like) {
        try (NDManager host = like.getManager().newSubManager(Device.cpu())) {
            NDArray scalar = host.create(new Shape(), like.getDataType());
            scalar.attach(like.getManager());
            return scalar;
        }
    }

    private static void write(NDArray scalar, double value) {
        ArrayElements.of(scalar).put(0, value);
    }
}
