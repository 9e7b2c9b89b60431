package io.github.djlctc.examples.htr.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;
import io.github.djlctc.examples.common.train.ModelFormatException;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class HtrModelTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" abcZ");

    @TempDir Path folder;

    @Test
    void readsAfterLoadingAsBeforeSaving() throws IOException {
        LineImage line = line(53);
        float[] saved;
        try (HtrModel model = untrained(0.1f)) {
            model.save(folder);
            saved = model.emissions(line);
            assertThat(saved).hasSize(14 * ALPHABET.size());
        }
        try (HtrModel model = HtrModel.load(folder)) {
            assertThat(model.emissions(line)).isEqualTo(saved);
            assertThat(model.alphabet().encode("Zab")).containsExactly(5, 2, 3);
            assertThat(model.height()).isEqualTo(16);
            assertThat(model.config().shortcutWeight()).isEqualTo(0.1f);
            assertThat(model.frameScale().position(3)).isEqualTo(12.0);
            assertThat(model.frameScale().unit()).isEqualTo("pixels");
        }
    }

    @Test
    void namesWhatIsWrongWithAFolder() throws IOException {
        assertThatThrownBy(() -> HtrModel.load(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("no usable model in " + folder)
                .hasMessageContaining("train one first");
        try (HtrModel model = untrained(0)) {
            model.save(folder);
        }
        Path config = folder.resolve("model.json");
        String json = Files.readString(config);

        Files.writeString(config, json.replace("\"height\": 16", "\"height\": 24"));
        assertThatThrownBy(() -> HtrModel.load(folder))
                .hasMessageContaining(config + " is not the file that was saved");
        Files.delete(folder.resolve("checksums.sha256")); // as of an earlier version
        HtrModel.load(folder).close();
        Files.writeString(config, json.replace("\"height\": 16", "\"height\": 15"));
        assertThatThrownBy(() -> HtrModel.load(folder)).hasMessageContaining("height 15");
        Files.writeString(config, json.replace("\"channels\": 3", "\"channels\": 4"));
        assertThatThrownBy(() -> HtrModel.load(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the parameters are of another model");
    }

    @Test
    void turnsRowsIntoColumns() {
        float[] ink = {1, 2, 3, 4, 5, 6};

        assertThat(Columns.of(new LineImage(ink, 3, 2))).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void theShortcutAddsAShareOfItsLoss() {
        CTCLoss ctc = CTCLoss.builder().build();
        try (HtrModel model = untrained(0.25f);
                NDManager manager = NDManager.newBaseManager()) {
            Loss loss = model.trainingLoss(ctc);
            NDArray logits = manager.randomNormal(new Shape(2, 9, 4));
            NDArray auxiliary = manager.randomNormal(new Shape(2, 9, 4));
            NDArray lengths = manager.create(new long[] {9, 6});
            NDList labels = new NDList(manager.create(new long[][] {{1, 2, 3}, {3, 3, -1}}));
            float main =
                    (float)
                            HostArrays.readScalar(
                                    ctc.evaluate(labels, new NDList(logits, lengths)));
            float share =
                    (float)
                            HostArrays.readScalar(
                                    ctc.evaluate(labels, new NDList(auxiliary, lengths)));

            loss.addAccumulator("epoch");
            NDList predictions = new NDList(logits, lengths, auxiliary);
            double total = HostArrays.readScalar(loss.evaluate(labels, predictions));
            loss.updateAccumulators(new String[] {"epoch"}, labels, predictions);

            // To the bit: a run of an earlier version goes on as it began.
            assertThat((float) total).isEqualTo(main + 0.25f * share);
            assertThat(loss.getAccumulator("epoch")).isCloseTo(main, within(1e-5f));
            assertThat(((IntermediateCTCLoss) loss).output()).isSameAs(ctc);
        }
    }

    @Test
    void withoutHeadsTheLossIsThatOfTheOutput() {
        CTCLoss ctc = CTCLoss.builder().build();
        try (HtrModel model = untrained(0)) {
            assertThat(model.trainingLoss(ctc)).isSameAs(ctc);
        }
    }

    @Test
    void savesHeadsAndLoadsModelsWithoutThem() throws IOException {
        ModelSize size = new ModelSize(16, 3, 4, 3, 0);
        IntermediateConfig heads = new IntermediateConfig(0.3, Conditioning.SELF);
        float[] saved;
        try (HtrModel model = untrained(new ModelConfig(size, 0.1f, LetterCase.KEEP, heads))) {
            model.save(folder);
            saved = model.emissions(line(53));
            assertThat(model.trainingLoss(CTCLoss.builder().build()))
                    .isInstanceOfSatisfying(
                            IntermediateCTCLoss.class, loss -> assertThat(loss.heads()).hasSize(3));
        }
        try (HtrModel model = HtrModel.load(folder)) {
            assertThat(model.config().intermediate()).isEqualTo(heads);
            assertThat(model.emissions(line(53))).isEqualTo(saved);
        }
        try (HtrModel model = untrained(0.1f)) {
            model.save(folder);
        }
        // As of a version that knew no heads.
        assertThat(folder.resolve("model.json")).content().doesNotContain("intermediate");
        try (HtrModel model = HtrModel.load(folder)) {
            assertThat(model.config().intermediate()).isNull();
        }
    }

    private static HtrModel untrained(float shortcutWeight) {
        return untrained(
                new ModelConfig(new ModelSize(16, 3, 4, 2, 0), shortcutWeight, LetterCase.KEEP));
    }

    private static HtrModel untrained(ModelConfig config) {
        Engine.getInstance().setRandomSeed(3);
        HtrModel model = HtrModel.create(config, ALPHABET);
        model.djlModel()
                .getBlock()
                .initialize(model.djlModel().getNDManager(), DataType.FLOAT32, model.inputShapes());
        return model;
    }

    private static LineImage line(int width) {
        float[] ink = new float[width * 16];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = i % 7 / 6f;
        }
        return new LineImage(ink, width, 16);
    }
}
