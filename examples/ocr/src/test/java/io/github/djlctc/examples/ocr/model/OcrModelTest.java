package io.github.djlctc.examples.ocr.model;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.VocabularyFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcrModelTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void comesWithItsClasses(PretrainedModel pretrained) throws IOException {
        try (OcrModel model = pretrained.load(PretrainedModel.alphabet())) {
            Alphabet alphabet = model.alphabet();
            assertThat(alphabet.size()).isEqualTo(6625);
            assertThat(alphabet.blank()).isZero();
            // The first and the last line of the file, and what follows them.
            assertThat(alphabet.token(1)).isEqualTo("'");
            assertThat(alphabet.token(6623)).isEqualTo("懮");
            assertThat(alphabet.wordDelimiter()).hasValue(6624);
            assertThat(model.columnsPerFrame()).isEqualTo(8);
        }
    }

    @Test
    void readsTheClassesAsPaddlesFormatSays() throws IOException {
        Path keys = resource("ppocr_keys_v1.txt");

        Alphabet read = Alphabet.read(keys, VocabularyFormat.PADDLEOCR_SPACE);

        assertThat(PretrainedModel.alphabet().tokens().subList(1, 6624))
                .isEqualTo(read.tokens().subList(1, 6624));
        assertThat(read.size()).isEqualTo(6625);
        assertThat(read.wordDelimiter()).isEqualTo(PretrainedModel.alphabet().wordDelimiter());
        assertThat(read.blank()).isZero();
    }

    @Test
    void putsOutProbabilities() throws IOException {
        try (OcrModel model = PretrainedModel.V4.load(PretrainedModel.alphabet())) {
            LineEmissions emissions = model.emissions(TextLine.blank(64));

            assertThat(emissions.frames()).isEqualTo(8);
            for (int frame = 0; frame < 8; frame++) {
                double sum = 0;
                for (int id = 0; id < 6625; id++) {
                    sum += emissions.scores()[frame * 6625 + id];
                }
                assertThat(sum).isBetween(0.999, 1.001);
            }
        }
    }

    @Test
    void refusesClassesOfAnotherModel() throws IOException {
        Path file = resource("ch_PP-OCRv4_rec_infer.onnx");

        assertThatThrownBy(() -> OcrModel.load(file, Alphabet.ofCharacters(" abc")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file
                                + ": the model has 6625 classes, but the alphabet 5; give its own"
                                + " with --alphabet");
    }

    @Test
    void tellsOfTheSpaceThatAListOfKeysLacks() throws IOException {
        Path file = resource("ch_PP-OCRv4_rec_infer.onnx");
        Path keys = resource("ppocr_keys_v1.txt");
        Alphabet withoutSpace = Alphabet.read(keys, VocabularyFormat.PADDLEOCR);

        assertThatThrownBy(() -> OcrModel.load(file, withoutSpace))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("6625 classes, but the alphabet 6624; ")
                .hasMessageContaining("--vocabulary-format paddleocr_space");
    }

    @Test
    void refusesModelsOfOtherTasks() throws IOException {
        Path detector = resource("ch_PP-OCRv4_det_infer.onnx");
        Path classifier = resource("ch_ppocr_mobile_v2.0_cls_infer.onnx");

        assertThatThrownBy(() -> OcrModel.load(detector, Alphabet.ofCharacters(" abc")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        detector
                                + ": the model takes no images of shape (N, 3, 48, W); is it a"
                                + " recogniser? ONNX Runtime says: ")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> OcrModel.load(classifier, Alphabet.ofCharacters(" abc")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        classifier
                                + ": the model puts out 1 arrays, the first of shape (1, 2), but"
                                + " one of (N, frames, classes) is needed; is it a recogniser?");
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        Path text = Files.writeString(folder.resolve("a.onnx"), "Dear diary");
        Path empty = Files.createFile(folder.resolve("b.onnx"));

        for (Path file : new Path[] {text, empty}) {
            assertThatThrownBy(() -> OcrModel.load(file, Alphabet.ofCharacters(" abc")))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": not a model that ONNX Runtime can load: ");
        }
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = OcrModelTest.class.getResourceAsStream("/models/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }
}
