package io.github.djlctc.examples.common.report;

import ai.djl.Device;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.train.Averaging;
import io.github.djlctc.examples.common.train.TrainingOptions;

import com.google.gson.JsonElement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The data, the model and the options of a training run.
 *
 * @param corpus the data
 * @param facts what there is to say of features and model, by heading
 * @param settings the same for other programs
 * @param classes the number of classes C: labels and blank
 * @param device where the model is
 * @param options how it is trained
 */
public record RunDescription(
        Corpus<?> corpus,
        Map<String, String> facts,
        JsonElement settings,
        int classes,
        Device device,
        TrainingOptions options) {

    /**
     * Copies the facts, in their order.
     *
     * @param corpus the data
     * @param facts what there is to say of features and model, by heading
     * @param settings the same for other programs
     * @param classes the number of classes C
     * @param device where the model is
     * @param options how it is trained
     */
    public RunDescription {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Returns the facts of data, model and training.
     *
     * @return texts by heading, in the order to be shown
     */
    public Map<String, String> allFacts() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "data",
                String.format(
                        Locale.ROOT,
                        "%s: %d training, %d validation, %d test %s",
                        corpus.name(),
                        corpus.train().size(),
                        corpus.validation().size(),
                        corpus.test().size(),
                        corpus.unit()));
        all.putAll(facts);
        all.put(
                "training",
                String.format(
                        Locale.ROOT,
                        "%d epochs, %s%s%s, learning rate %s, seed %d, on %s%s",
                        options.epochs(),
                        options.batches(),
                        views(),
                        concatenation(),
                        options.learningRate(),
                        options.seed(),
                        deviceName(),
                        threads()));
        if (!options.averaging().equals(Averaging.NONE)) {
            all.put("averages", options.averaging().toString());
        }
        return all;
    }

    private String threads() {
        int replicas = options.replicasOn(device);
        return replicas == 1 ? "" : ", " + replicas + " threads with a share of each batch";
    }

    private String views() {
        double weight = options.consistencyWeight();
        return weight > 0 ? " in two views, consistency " + weight : "";
    }

    private String concatenation() {
        double share = options.concatenatedShare();
        return share > 0 ? ", concatenate " + share : "";
    }

    /**
     * Returns where the model is.
     *
     * @return "cpu", or the kind of a device and its number, such as "gpu(0)"
     */
    public String deviceName() {
        return device.equals(Device.cpu()) ? device.getDeviceType() : device.toString();
    }
}
