package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testdata.TestData;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logits and targets with their losses and gradients. Those of this repository are made by {@link
 * ReferenceGenerator}; others of the same form by torch.nn.functional.ctc_loss in float64. A null
 * loss is infinite.
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

    /** Returns the cases of this repository. */
    static List<ReferenceCase> own() throws IOException {
        try (Reader reader =
                new InputStreamReader(
                        ReferenceCase.class.getResourceAsStream("ctc_reference.json"),
                        StandardCharsets.UTF_8)) {
            return read(reader);
        }
    }

    /** Returns the cases of this repository, and those of PyTorch where they are there. */
    static List<ReferenceCase> all() throws IOException {
        List<ReferenceCase> cases = new ArrayList<>(own());
        Optional<Path> ofPyTorch = TestData.shared("fixtures/ctc_reference.json");
        if (ofPyTorch.isPresent()) {
            try (Reader reader = Files.newBufferedReader(ofPyTorch.get())) {
                for (ReferenceCase reference : read(reader)) {
                    reference.name += " of PyTorch";
                    cases.add(reference);
                }
            }
        }
        return cases;
    }

    private static List<ReferenceCase> read(Reader reader) {
        List<ReferenceCase> cases = new Gson().fromJson(reader, File.class).cases;
        assertThat(cases).hasSize(19);
        return cases;
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
