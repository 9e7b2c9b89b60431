package io.github.djlctc.examples.speech.corpus.synthetic;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class CommandGrammarTest {

    private static final Set<String> WORDS = CommandGrammar.words("command");

    @Test
    void hasTenDigits26LettersAndSixtyFurtherWords() {
        assertThat(CommandGrammar.words("digit"))
                .hasSize(10)
                .contains("ZERO", "NINE")
                .allMatch(WORDS::contains);
        assertThat(CommandGrammar.words("letter"))
                .hasSize(26)
                .allMatch(word -> word.matches("[A-Z]"))
                .allMatch(WORDS::contains);
        assertThat(WORDS).hasSize(10 + 26 + 60).allMatch(word -> word.matches("[A-Z]+"));
    }

    @Property
    void sentencesHaveTwoToEightWordsOfTheVocabulary(@ForAll long seed) {
        String[] words = sentence(seed).split(" ", -1);
        assertThat(words.length).isBetween(2, 8);
        assertThat(WORDS).contains(words);
    }

    @Test
    void everyWordIsSpokenSometimes() {
        Set<String> spoken = new TreeSet<>();
        for (long seed = 0; seed < 5000; seed++) {
            spoken.addAll(Arrays.asList(sentence(seed).split(" ", -1)));
        }
        assertThat(spoken).isEqualTo(WORDS);
    }

    @Property
    void theRandomNumbersDecideTheSentence(@ForAll long seed) {
        assertThat(sentence(seed)).isEqualTo(sentence(seed));
    }

    private static String sentence(long seed) {
        return CommandGrammar.sentence(new SplittableRandom(seed));
    }
}
