package io.github.djlctc;

import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.testdata.NullArguments;
import io.github.djlctc.text.Alphabet;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** A null argument is an error that names the parameter. */
class NullArgumentsTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters("ab");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Alphabet.class,
                ForcedAligner.class,
                CTCDecoder.class,
                WordSpan.class,
                AtomicFile.class,
                Lexicon.class,
                NGramEstimator.class,
                ErrorRates.class
            })
    void ofConstructorsStaticMethodsAndBuilders(Class<?> memberOfPackage) {
        NullArguments arguments =
                new NullArguments(
                        ALPHABET,
                        Lexicon.of(List.of("a")),
                        LabelPrior.estimate(ALPHABET, List.of(new float[3])),
                        new Hotword("a", 1),
                        new Exception(),
                        new Object());
        assertThat(arguments.notNamed(memberOfPackage))
                // Called for each frame, and by other packages only.
                .filteredOn(call -> !call.startsWith("EmissionRows."))
                .filteredOn(call -> !call.matches("(JsonMistake|Utf8Text|ReservedWords)\\..*"))
                .isEmpty();
    }

    @Test
    void ofDecoders() {
        for (CTCDecoder decoder :
                List.of(
                        new GreedyDecoder(ALPHABET),
                        BeamSearchDecoder.builder().setAlphabet(ALPHABET).build())) {
            assertNamed("emissions", () -> decoder.decode(null, 1));
            assertNamed("samples", () -> decoder.decodeBatch(null, 1));
            assertNamed(
                    "sample 1", () -> decoder.decodeBatch(Arrays.asList(new float[3], null), 1));
        }
        assertNamed("emissions", () -> EmissionScale.LOGITS.toLogits(null, 1, 3));
        ForcedAligner aligner = ForcedAligner.builder().setAlphabet(ALPHABET).build();
        assertNamed("emissions", () -> aligner.align(null, 1, "a"));
        assertNamed("text", () -> aligner.align(new float[3], 1, (String) null));
        assertNamed("targets", () -> aligner.align(new float[3], 1, (int[]) null));
    }

    @Test
    void ofAlphabets() {
        assertNamed("text", () -> ALPHABET.encode(null));
        assertNamed("ids", () -> ALPHABET.decode(null));
        assertNamed("file", () -> ALPHABET.write(null));
    }

    private static void assertNamed(String name, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(name);
    }
}
