package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One case of ctc_reference.json: computed in float64 by torch.nn.functional.ctc_loss on
 * log_softmax of the logits. A null loss is infinite.
 */
final class ReferenceCase {

    String name;
    int blank;
    double[][][] logits;
    long[][] targets;

    @SerializedName("input_lengths")
    long[] inputLengths;

    @SerializedName("target_lengths")
    long[] targetLengths;

    @SerializedName("loss_per_sample")
    Double[] lossPerSample;

    @SerializedName("loss_mean")
    Double lossMean;

    @SerializedName("loss_sum")
    Double lossSum;

    @SerializedName("loss_mean_zero_inf")
    double lossMeanZeroInf;

    @SerializedName("grad_mean_zero_inf")
    double[][][] gradMeanZeroInf;

    private static final class File {
        List<ReferenceCase> cases;
    }

    static List<ReferenceCase> all() throws IOException {
        try (Reader reader =
                new InputStreamReader(
                        ReferenceCase.class.getResourceAsStream("ctc_reference.json"),
                        StandardCharsets.UTF_8)) {
            List<ReferenceCase> cases = new Gson().fromJson(reader, File.class).cases;
            assertThat(cases).hasSize(19);
            return cases;
        }
    }

    NDList labels(NDManager manager) {
        long width = targets[0].length;
        NDArray ids =
                manager.create(
                        Arrays.stream(targets).flatMapToLong(Arrays::stream).toArray(),
                        new Shape(targets.length, width));
        return new NDList(ids, manager.create(targetLengths));
    }

    NDList predictions(NDManager manager, DataType type) {
        Shape shape = new Shape(logits.length, logits[0].length, logits[0][0].length);
        NDArray array = manager.create(flatten(logits), shape).toType(type, false);
        return new NDList(array, manager.create(inputLengths));
    }

    double[] gradient() {
        return flatten(gradMeanZeroInf);
    }

    /** What a logit loses by being stored in the type; large offsets lose much in float32. */
    double rounding(DataType type) {
        double largest = Arrays.stream(flatten(logits)).map(Math::abs).max().orElse(0);
        return type == DataType.FLOAT32 ? Math.ulp((float) largest) : Math.ulp(largest);
    }

    private static double[] flatten(double[][][] values) {
        return Arrays.stream(values)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
