package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** No token adds more than the bound by which the search skips extensions. */
class TextScorerTest {

    private static final List<Alphabet> ALPHABETS =
            List.of(
                    Alphabet.ofCharacters("|ab"),
                    Alphabet.ofCharacters("ab"),
                    Alphabet.builder().setTokens(List.of("-", "a", "bab", "abab", "市")).build(),
                    subwords("\u2581a", "\u2581b", "b", "a", "ab"),
                    subwords(
                            "\u2581a\u2581b",
                            "\u2581a\u2581b\u2581a\u2581b",
                            "\u2581a",
                            "b\u2581"));

    private static Alphabet subwords(String... pieces) {
        String[] tokens = new String[pieces.length + 1];
        tokens[0] = "<blank>";
        System.arraycopy(pieces, 0, tokens, 1, pieces.length);
        return Alphabet.builder()
                .setTokens(List.of(tokens))
                .optSubwords(SubwordStyle.SENTENCEPIECE)
                .build();
    }

    @Property(tries = 2000, seed = "1")
    void noTokenAddsMoreThanTheBound(@ForAll long seed) {
        Random random = new Random(seed);
        Alphabet alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
        SearchOptions options = options(random, alphabet);
        VocabularyModel vocabulary = vocabulary(random, options);
        HotwordSet hotwords = new HotwordSet(hotwords(random), alphabet, null);
        TextScorer scorer =
                new TextScorer(
                        options,
                        new TokenTexts(alphabet),
                        vocabulary,
                        hotwords.automaton(vocabulary));
        TextState state = scorer.newState();
        scorer.start(state);
        for (int i = 0; i < 20; i++) {
            double before = state.logWeight;
            double bound = scorer.greatestGain(state.inWord, state.trieNode);
            if (!scorer.advance(state, 1 + random.nextInt(alphabet.size() - 1))) {
                return;
            }
            assertThat(state.logWeight - before).isLessThanOrEqualTo(bound + 1e-9);
        }
    }

    private static SearchOptions options(Random random, Alphabet alphabet) {
        return new SearchOptions(
                alphabet,
                EmissionScale.LOGITS,
                new Pruning(10, 10, 10, -10),
                new TextWeights(
                        random.nextBoolean() ? SmallModels.WORDS : null,
                        LanguageModelUnit.WORD,
                        random.nextDouble(),
                        2 * random.nextGaussian(),
                        random.nextGaussian(),
                        0,
                        3 * random.nextGaussian(),
                        true),
                null,
                1,
                1);
    }

    private static VocabularyModel vocabulary(Random random, SearchOptions options) {
        if (random.nextBoolean()) {
            Lexicon lexicon = Lexicon.of(List.of("a", "ab", "b", "bab"));
            return VocabularyModel.closedVocabulary(
                    lexicon, options.weights().languageModel(), options.alphabet());
        }
        return options.weights().languageModel() == null
                ? null
                : VocabularyModel.openVocabulary(
                        options.weights().languageModel(), List.of(), options.alphabet());
    }

    private static List<Hotword> hotwords(Random random) {
        return List.of(
                new Hotword("a", 3 * random.nextGaussian()),
                new Hotword("a b", 3 * random.nextGaussian()),
                new Hotword("ba", 3 * random.nextGaussian()),
                new Hotword("b a b a", 3 * random.nextGaussian()));
    }
}
