package io.github.djlctc.evaluator;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.translate.TranslateException;

import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.testing.ArrayTest;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the snippet of README.md shows of each epoch. */
class EasyTrainFiguresTest extends ArrayTest {

    private static final int CLASSES = 3;

    @Test
    void lossAndErrorRateOfEachEpochAreLogged() throws IOException, TranslateException {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            train(2);
        } finally {
            System.setErr(before);
        }

        for (String split : List.of("Train: ", "Validate: ")) {
            assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> line.contains(split))
                    .hasSize(2)
                    .allMatch(line -> line.matches(".*CTCLoss: \\d+\\.\\d+.*"))
                    .allMatch(line -> line.matches(".*CER: \\d+\\.\\d+.*"));
        }
    }

    private void train(int epochs) throws IOException, TranslateException {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(CTCLoss.builder().build())
                        .addEvaluator(new CharacterErrorRate(Alphabet.ofCharacters("AB")))
                        .addTrainingListeners(TrainingListener.Defaults.logging());
        try (Model model = Model.newInstance("test")) {
            // The gradients of a single linear layer would add up to 0, an error of DJL's.
            model.setBlock(
                    new SequentialBlock()
                            .add(Linear.builder().setUnits(4).build())
                            .add(Linear.builder().setUnits(CLASSES).build()));
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(new Metrics());
                trainer.initialize(new Shape(1, 6, 2));
                EasyTrain.fit(trainer, epochs, dataset(), dataset());
            }
        }
    }

    private ArrayDataset dataset() {
        return new ArrayDataset.Builder()
                .setData(manager.arange(4 * 6 * 2f).reshape(4, 6, 2).div(48))
                .optLabels(manager.create(new long[] {1, 2, 1, 2, 1, 2, 1, 2}, new Shape(4, 2)))
                .setSampling(2, false)
                .build();
    }
}
