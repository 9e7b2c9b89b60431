package io.github.djlctc.examples.speech;

import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

import java.nio.file.Files;
import java.nio.file.Path;

/** Serves one request with an exported folder, as a program that knows DJL alone does. */
final class ServedFolder {

    private ServedFolder() {}

    /** Takes the folder and a file, and prints the answer. */
    public static void main(String[] arguments) throws Exception {
        Criteria<Input, Output> criteria =
                Criteria.builder()
                        .setTypes(Input.class, Output.class)
                        .optModelPath(Path.of(arguments[0]))
                        .build();
        try (ZooModel<Input, Output> model = criteria.loadModel();
                Predictor<Input, Output> predictor = model.newPredictor()) {
            Input request = new Input();
            request.add(Files.readAllBytes(Path.of(arguments[1])));
            System.out.println(predictor.predict(request).getData().getAsString());
        }
    }
}
