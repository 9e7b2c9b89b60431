package io.github.djlctc.monitor;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Pair;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.BatchLosses;
import io.github.djlctc.monitor.NonFiniteStep.Cause;
import io.github.djlctc.monitor.NonFiniteStep.Sample;
import io.github.djlctc.nn.Gradients;
import io.github.djlctc.nn.Gradients.Gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;

/** Finds out where a loss or gradient that is not finite comes from. */
final class NonFiniteSearch {

    private final Model model;
    private final Batch batch;
    private final List<BatchLosses> losses;
    private final LongFunction<String> sampleNames;

    /**
     * Creates a search.
     *
     * @param losses those of the output, then those of each intermediate head
     * @param sampleNames returns the name of a sample by its index in the data set
     */
    NonFiniteSearch(
            Model model, Batch batch, List<BatchLosses> losses, LongFunction<String> sampleNames) {
        this.model = model;
        this.batch = batch;
        this.losses = losses;
        this.sampleNames = sampleNames;
    }

    NonFiniteStep search(int epoch, int step, OptionalDouble learningRate) {
        Optional<String> gradient = lastGradient();
        Optional<String> parameter = firstParameter(model);
        List<Sample> samples = samplesWithBadInput();
        Cause cause = Cause.INPUT;
        if (samples.isEmpty() && parameter.isPresent()) {
            cause = Cause.PARAMETER;
        } else if (samples.isEmpty()) {
            cause = Cause.GRADIENT;
            for (int i = 0; i < losses.size() && samples.isEmpty(); i++) {
                samples = samplesWithBadLoss(losses.get(i), i);
                if (!samples.isEmpty()) {
                    cause = causeOfLoss(losses.get(i), samples.get(0).index());
                }
            }
        }
        return new NonFiniteStep(epoch, step, cause, samples, gradient, parameter, learningRate);
    }

    private List<Sample> samplesWithBadInput() {
        List<Sample> samples = new ArrayList<>();
        int size = losses.get(0).batch().size();
        for (NDArray array : batch.getData()) {
            Shape shape = array.getShape();
            boolean perSample = shape.dimension() > 0 && shape.get(0) == size;
            if (!array.getDataType().isFloating() || !perSample) {
                continue;
            }
            double[] values = HostArrays.readDoubles(array);
            int row = values.length / size;
            for (int n = 0; n < size; n++) {
                int bad = firstNonFinite(values, n * row, (n + 1) * row);
                if (bad >= 0) {
                    samples.add(sample(n, describe(values[bad], bad - n * row, shape)));
                }
            }
        }
        return samples;
    }

    private static String describe(double value, int position, Shape shape) {
        if (shape.dimension() != 3) {
            return "the feature at position " + position + " is " + value;
        }
        int features = (int) shape.get(2);
        return "feature "
                + position % features
                + " of frame "
                + position / features
                + " is "
                + value;
    }

    private List<Sample> samplesWithBadLoss(BatchLosses checked, int head) {
        List<Sample> samples = new ArrayList<>();
        // Infinite losses may have been dropped: they are not the cause of a NaN.
        boolean nan = Double.isNaN(checked.reduced());
        boolean infinite = Double.isInfinite(checked.reduced());
        for (int n = 0; n < checked.batch().size(); n++) {
            double loss = checked.of(n);
            if ((nan && Double.isNaN(loss)) || (infinite && Double.isInfinite(loss))) {
                String where = head == 0 ? "" : " at intermediate head " + head;
                samples.add(sample(n, problem(checked, n) + where));
            }
        }
        return samples;
    }

    private static Cause causeOfLoss(BatchLosses losses, int sample) {
        if (Double.isNaN(losses.of(sample))) {
            return Cause.ACTIVATION;
        }
        return losses.batch().hasEnoughFrames(sample)
                ? Cause.IMPOSSIBLE_TARGET
                : Cause.TOO_FEW_FRAMES;
    }

    private static String problem(BatchLosses losses, int sample) {
        return switch (causeOfLoss(losses, sample)) {
            case ACTIVATION -> "its loss is NaN";
            case TOO_FEW_FRAMES ->
                    losses.batch().inputLength(sample)
                            + " frames, but its target needs "
                            + losses.batch().requiredFrames(sample);
            default -> "its loss is infinite";
        };
    }

    private Sample sample(int n, String problem) {
        List<?> indices = batch.getIndices();
        boolean known = indices != null && n < indices.size() && indices.get(n) instanceof Number;
        String name = known ? sampleNames.apply(((Number) indices.get(n)).longValue()) : "unnamed";
        return new Sample(n, name, problem);
    }

    private Optional<String> lastGradient() {
        Optional<String> last = Optional.empty();
        try (Gradients gradients = Gradients.of(model.getBlock())) {
            for (Gradient gradient : gradients) {
                if (!isFinite(gradient.array())) {
                    last = Optional.of(gradient.path());
                }
            }
        }
        return last;
    }

    /** Returns the path of the first parameter that is not finite. */
    static Optional<String> firstParameter(Model model) {
        for (Pair<String, Parameter> parameter : model.getBlock().getParameters()) {
            if (!isFinite(parameter.getValue().getArray())) {
                return Optional.of(parameter.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean isFinite(NDArray array) {
        double[] values = HostArrays.readDoubles(array);
        return firstNonFinite(values, 0, values.length) < 0;
    }

    private static int firstNonFinite(double[] values, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
