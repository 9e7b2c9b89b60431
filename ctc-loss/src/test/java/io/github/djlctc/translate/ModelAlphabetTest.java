package io.github.djlctc.translate;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What DJL saves of a model holds its alphabet. */
class ModelAlphabetTest {

    @TempDir Path folder;

    @Test
    void isSavedAndLoadedWithTheModel() throws IOException, MalformedModelException {
        Alphabet alphabet =
                Alphabet.ofCharacters(" ABC").toBuilder()
                        .optLetterCase(LetterCase.UPPER)
                        .optNormalization(Normalizer.Form.NFC)
                        .build();

        assertThat(savedAndLoaded(alphabet)).isEqualTo(alphabet);
    }

    /** DJL's limit for one property is 65,535 bytes. */
    @Test
    void canBeLarge() throws IOException, MalformedModelException {
        String characters =
                IntStream.range(0x4E00, 0x4E00 + 20_000)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();

        Alphabet alphabet = Alphabet.ofCharacters(characters + "\uD83D\uDE00");

        assertThat(savedAndLoaded(alphabet)).isEqualTo(alphabet);
    }

    @Test
    void theLastOneCounts() {
        try (Model model = Model.newInstance("test")) {
            assertThat(ModelAlphabet.of(model)).isEmpty();

            ModelAlphabet.set(model, Alphabet.ofCharacters(" ABC"));
            ModelAlphabet.set(model, Alphabet.ofCharacters("ab"));

            assertThat(ModelAlphabet.of(model)).contains(Alphabet.ofCharacters("ab"));
        }
    }

    @Test
    void damagedPropertiesAreAnError() {
        try (Model model = Model.newInstance("test")) {
            ModelAlphabet.set(model, Alphabet.ofCharacters(" ABC"));
            model.setProperty("ctc.alphabet.parts", "2");

            assertThatIllegalArgumentException().isThrownBy(() -> ModelAlphabet.of(model));
        }
    }

    private Alphabet savedAndLoaded(Alphabet alphabet) throws IOException, MalformedModelException {
        try (Model model = Model.newInstance("test")) {
            model.setBlock(block());
            model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3));
            ModelAlphabet.set(model, alphabet);
            model.save(folder, "recogniser");
        }
        try (Model model = Model.newInstance("test")) {
            model.setBlock(block());
            model.load(folder, "recogniser");
            return ModelAlphabet.of(model).orElseThrow();
        }
    }

    private static Block block() {
        return Linear.builder().setUnits(2).build();
    }
}
