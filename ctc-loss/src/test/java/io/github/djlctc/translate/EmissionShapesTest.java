package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Arrays of another number of classes than the alphabet's: the error says what they may be. */
class EmissionShapesTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters("abcd");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 7 6 | if the alphabet lacks the blank, or another special token",
                "2 7 4 | if the array has the labels without the blank, write it with the scores",
                "2 7 9 | the blank included; use the alphabet that the model was trained with",
                "2 5 7 | there are 5 frames of 7 classes, and the alphabet has 5 tokens: these",
                "2 5 7 | seem to be (classes, frames); transpose the array",
                "5 7   | seem to be (classes, frames); transpose the array",
                "7 4   | if the array has the labels without the blank"
            })
    void arraysOfAnotherNumberOfClasses(String shape, String message) {
        Shape dimensions =
                new Shape(Arrays.stream(shape.split(" ")).mapToLong(Long::parseLong).toArray());
        BatchDecoder decoder = BatchDecoder.of(new GreedyDecoder(ALPHABET), 1);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray emissions = manager.zeros(dimensions);
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> {
                                if (dimensions.dimension() == 2) {
                                    decoder.decode(emissions);
                                } else {
                                    decoder.decodeBatch(emissions, null);
                                }
                            })
                    .withMessageStartingWith("emissions " + dimensions + ": ")
                    .withMessageContaining(message);
        }
    }
}
