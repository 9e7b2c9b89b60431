package io.github.djlctc.architecture;

import ai.djl.ndarray.NDList;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.evaluator.WordErrorRate;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.testdata.NullArguments;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.CtcTranslator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A null argument is an error that names the parameter. */
class NullArgumentsTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters("ab");

    @ParameterizedTest
    @ValueSource(
            classes = {CTCBatch.class, CTCLoss.class, CtcTranslator.class, WordErrorRate.class})
    void ofConstructorsStaticMethodsAndBuilders(Class<?> memberOfPackage) {
        NullArguments arguments =
                new NullArguments(
                        ALPHABET,
                        new GreedyDecoder(ALPHABET),
                        BeamSearchDecoder.builder().setAlphabet(ALPHABET).build(),
                        new NDList(),
                        CTCLoss.builder().build());
        assertThat(arguments.notNamed(memberOfPackage)).isEmpty();
    }
}
