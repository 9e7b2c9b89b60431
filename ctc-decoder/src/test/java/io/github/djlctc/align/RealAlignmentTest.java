package io.github.djlctc.align;

import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.RecordedUtterance;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Alignments of the emissions of a trained model for 20 utterances with their transcripts. */
class RealAlignmentTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void wordsBetweenWildcardsAreWhereTheFullTextHasThem(double penalty) throws IOException {
        Alphabet alphabet = Alphabet.read(EmissionSet.ownAlphabet());
        ForcedAligner aligner =
                ForcedAligner.builder().setAlphabet(alphabet).optWildcard("*", penalty).build();
        int words = 0;
        for (RecordedUtterance utterance : EmissionSet.own("strong")) {
            List<String> spoken = List.of(utterance.reference().split(" ", -1));
            Alignment full = align(aligner, utterance, utterance.reference());
            assertThat(full.words()).extracting(WordSpan::word).isEqualTo(spoken);
            // Of two equal words, the wildcard may cover the first.
            if (spoken.size() >= 5 && Set.copyOf(spoken).size() == spoken.size()) {
                List<String> middle = spoken.subList(2, spoken.size() - 1);
                Alignment part = align(aligner, utterance, "* " + String.join(" ", middle) + " *");
                words += part.words().size();
                assertStartAlike(part.words(), full.words().subList(2, spoken.size() - 1));
            }
        }
        assertThat(words).isEqualTo(30);
    }

    private static Alignment align(
            ForcedAligner aligner, RecordedUtterance utterance, String text) {
        return aligner.align(utterance.emissions(), utterance.frames(), text);
    }

    /**
     * The tolerance is two frames, 40 ms: with a penalty, words spread into the speech next to
     * them.
     */
    private static void assertStartAlike(List<WordSpan> actual, List<WordSpan> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).startFrame())
                    .as(expected.get(i).word())
                    .isCloseTo(expected.get(i).startFrame(), within(2));
        }
    }
}
