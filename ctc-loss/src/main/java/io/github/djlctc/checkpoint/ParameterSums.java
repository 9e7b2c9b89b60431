package io.github.djlctc.checkpoint;

import ai.djl.ndarray.types.DataType;
import ai.djl.util.Float16Utils;

import io.github.djlctc.checkpoint.CheckpointException.Problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Adds up the parameters of checkpoints in float64. */
final class ParameterSums {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final boolean ofAverages;
    private final List<double[]> sums = new ArrayList<>();
    private List<SavedParameter> latest;
    private int count = 1;

    ParameterSums(TrainingCheckpoint first) {
        ofAverages = first.average().isPresent();
        List<SavedParameter> values = values(first);
        latest = withoutSummed(values);
        for (SavedParameter parameter : values) {
            double[] sum = new double[isMeant(parameter.type()) ? elements(parameter) : 0];
            add(parameter, sum);
            sums.add(sum);
        }
    }

    void add(Path file, TrainingCheckpoint checkpoint) throws CheckpointException {
        if (checkpoint.average().isPresent() != ofAverages) {
            throw new CheckpointException(
                    file,
                    Problem.OTHER_AVERAGE,
                    "it has "
                            + (ofAverages ? "no" : "an")
                            + " average of the parameters, unlike the checkpoints before it: take"
                            + " the mean of checkpoints of one run");
        }
        List<SavedParameter> values = values(checkpoint);
        SavedParameter.checkSame(file, values, latest);
        for (int i = 0; i < values.size(); i++) {
            add(values.get(i), sums.get(i));
        }
        latest = withoutSummed(values);
        count++;
    }

    /** Of what is summed up only the form is needed again. */
    private static List<SavedParameter> withoutSummed(List<SavedParameter> values) {
        return values.stream()
                .map(value -> isMeant(value.type()) ? value.withValues(NONE) : value)
                .toList();
    }

    /** Returns the parameters, with their averages in place of their values if there are any. */
    private static List<SavedParameter> values(TrainingCheckpoint checkpoint) {
        return checkpoint.parameters().stream()
                .map(parameter -> parameter.withValues(averageOf(parameter, checkpoint)))
                .toList();
    }

    private static ByteBuffer averageOf(SavedParameter parameter, TrainingCheckpoint checkpoint) {
        return checkpoint
                .average()
                .map(average -> average.values().get(parameter.name()))
                .orElse(parameter.values());
    }

    private static boolean isMeant(DataType type) {
        return type.isFloating();
    }

    private static int elements(SavedParameter parameter) {
        return parameter.values().remaining() / parameter.type().getNumOfBytes();
    }

    private static void add(SavedParameter parameter, double[] sum) {
        ByteBuffer values = parameter.values().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < sum.length; i++) {
            sum[i] +=
                    switch (parameter.type()) {
                        case FLOAT64 -> values.getDouble();
                        case FLOAT32 -> values.getFloat();
                        default -> Float16Utils.halfToFloat(values.getShort());
                    };
        }
    }

    List<SavedParameter> mean() {
        List<SavedParameter> means = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            SavedParameter parameter = latest.get(i);
            means.add(
                    isMeant(parameter.type())
                            ? parameter.withValues(mean(parameter.type(), sums.get(i)))
                            : parameter);
        }
        return means;
    }

    private ByteBuffer mean(DataType type, double[] sum) {
        byte[] bytes = new byte[sum.length * type.getNumOfBytes()];
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : sum) {
            double mean = value / count;
            switch (type) {
                case FLOAT64 -> values.putDouble(mean);
                case FLOAT32 -> values.putFloat((float) mean);
                default -> values.putShort(Float16Utils.floatToHalf((float) mean));
            }
        }
        return ByteBuffer.wrap(bytes);
    }
}
