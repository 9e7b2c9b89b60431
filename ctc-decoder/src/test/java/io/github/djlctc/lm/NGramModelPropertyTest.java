package io.github.djlctc.lm;

import io.github.djlctc.lm.estimate.BackoffTable;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.NGramEstimator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Properties of every sequence of words, for models of all file formats. */
class NGramModelPropertyTest {

    private static final String UNKNOWN_WORD = "ZEBRA";

    private static List<NGramModel> threeGrams;
    private static NGramModel fourGrams;
    private static BackoffTable definition;
    private static List<String> words;

    @BeforeContainer
    static void read() throws IOException {
        threeGrams =
                List.of(
                        Fixtures.read(Fixtures.ARPA),
                        Fixtures.read(Fixtures.PROBING),
                        Fixtures.read(Fixtures.TRIE),
                        Fixtures.read(Fixtures.ARRAY),
                        mappedInPieces(Fixtures.PROBING),
                        mappedInPieces(Fixtures.TRIE),
                        rewrittenTrie(TrieRewriter.QUANTIZED),
                        rewrittenTrie(TrieRewriter.ARRAY),
                        rewrittenTrie(TrieRewriter.QUANTIZED_ARRAY));
        Path arpa = Files.createTempFile("4gram", ".arpa");
        arpa.toFile().deleteOnExit();
        NGramEstimator.builder()
                .setOrder(4)
                .optDiscountFallback(new Discounts(0.5f, 1, 1.5f))
                .build()
                .estimate(Fixtures.file("text.txt"))
                .writeArpa(arpa);
        fourGrams = NGramModel.read(arpa);
        definition = BackoffTable.read(arpa);
        words = new ArrayList<>(fourGrams.vocabulary());
        words.add(UNKNOWN_WORD);
    }

    /** Files above 1 GiB are mapped in several chunks. */
    private static NGramModel mappedInPieces(String name) throws IOException {
        Path file = Fixtures.file(name);
        try (FileChannel channel = FileChannel.open(file)) {
            return KenLMModel.create(file, LittleEndianMemory.map(channel, 8));
        }
    }

    private static NGramModel rewrittenTrie(int kind) throws IOException {
        byte[] plain = Files.readAllBytes(Fixtures.file(Fixtures.TRIE));
        Path file = Files.createTempFile("trie", ".binary");
        file.toFile().deleteOnExit();
        return NGramModel.read(Files.write(file, TrieRewriter.rewrite(plain, kind)));
    }

    @Property(tries = 200, seed = "11")
    void allFormatsScoreAlike(@ForAll long seed) {
        Random random = new Random(seed);
        // States are numbered in the order of their occurrence; a later word follows any of them.
        List<List<int[]>> states = new ArrayList<>();
        states.add(threeGrams.stream().map(NGramModelPropertyTest::sentenceStart).toList());
        states.add(threeGrams.stream().map(NGramModelPropertyTest::emptyContext).toList());
        for (int step = 0; step < 40; step++) {
            List<int[]> before = states.get(random.nextInt(states.size()));
            String word = words.get(random.nextInt(words.size()));
            List<int[]> after = new ArrayList<>();
            double expected = Double.NaN;
            double expectedEnd = Double.NaN;
            for (int i = 0; i < threeGrams.size(); i++) {
                NGramModel model = threeGrams.get(i);
                int[] next = new int[model.stateSize()];
                Arrays.fill(next, -1);
                double score = model.score(before.get(i), 0, model.wordId(word), next, 0);
                double end = model.scoreSentenceEnd(next, 0);
                expected = i == 0 ? score : expected;
                expectedEnd = i == 0 ? end : expectedEnd;
                assertThat(score).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-12));
                assertThat(end).isCloseTo(expectedEnd, within(1e-6 * Math.abs(expectedEnd)));
                after.add(next);
            }
            states.add(after);
        }
    }

    @Property(tries = 200, seed = "12")
    void scoresAreThoseOfTheDefinition(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> sentence = new ArrayList<>(List.of("<s>"));
        int[] state = sentenceStart(fourGrams);
        for (int i = 0; i < 12; i++) {
            sentence.add(words.get(random.nextInt(words.size())));
            List<String> last = sentence.subList(Math.max(0, sentence.size() - 4), sentence.size());
            double score =
                    fourGrams.score(
                            state, 0, fourGrams.wordId(last.get(last.size() - 1)), state, 0);
            List<String> spelled =
                    last.stream().map(w -> w.equals(UNKNOWN_WORD) ? "<unk>" : w).toList();
            assertThat(score / Math.log(10))
                    .isCloseTo(Math.log10(definition.probability(spelled)), within(1e-6));
        }
    }

    @Property(tries = 50, seed = "13")
    void aStateMayBeReplacedByTheNext(@ForAll long seed) {
        for (NGramModel model : threeGrams) {
            Random random = new Random(seed);
            int size = model.stateSize();
            int[] apart = new int[20 * size];
            int[] replaced = new int[3 * size];
            model.writeSentenceStart(apart, 0);
            model.writeSentenceStart(replaced, size);
            for (int i = 0; i < 19; i++) {
                int word = random.nextInt(model.vocabulary().size());
                double expected = model.score(apart, i * size, word, apart, (i + 1) * size);
                assertThat(model.score(replaced, size, word, replaced, size)).isEqualTo(expected);
                assertThat(Arrays.copyOfRange(replaced, size, 2 * size))
                        .isEqualTo(Arrays.copyOfRange(apart, (i + 1) * size, (i + 2) * size));
            }
        }
    }

    /** Contexts that no longer matter are forgotten, so that equal futures have equal states. */
    @Property(tries = 50, seed = "14")
    void statesOfAllFormatsAreEqualTogether(@ForAll long seed) {
        Random random = new Random(seed);
        List<Map<List<Integer>, List<Integer>>> translations = new ArrayList<>();
        threeGrams.forEach(model -> translations.add(new HashMap<>()));
        List<int[]> states = threeGrams.stream().map(NGramModelPropertyTest::emptyContext).toList();
        for (int step = 0; step < 60; step++) {
            String word = words.get(random.nextInt(words.size()));
            for (int i = 0; i < threeGrams.size(); i++) {
                NGramModel model = threeGrams.get(i);
                model.score(states.get(i), 0, model.wordId(word), states.get(i), 0);
                List<Integer> first = Arrays.stream(states.get(0)).boxed().toList();
                List<Integer> state = Arrays.stream(states.get(i)).boxed().toList();
                assertThat(translations.get(i).merge(state, first, (old, now) -> old))
                        .isEqualTo(first);
            }
        }
    }

    @Property(tries = 30, seed = "15")
    void probabilitiesSumToOne(@ForAll long seed) {
        List<NGramModel> models = new ArrayList<>(threeGrams);
        models.add(fourGrams);
        for (NGramModel model : models) {
            Random random = new Random(seed);
            int[] state = sentenceStart(model);
            for (int i = 0; i < 6; i++) {
                assertThat(sum(model, state)).isCloseTo(1, within(1e-4));
                model.score(state, 0, random.nextInt(model.vocabulary().size()), state, 0);
            }
        }
    }

    /** Sentences are looked up 64 words at a time. */
    @Property(tries = 30, seed = "16")
    void aQueryGivesTheScoresOfItsWords(
            @ForAll long seed, @ForAll @IntRange(max = 200) int length) {
        Random random = new Random(seed);
        List<String> sentence = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            sentence.add(words.get(random.nextInt(words.size())));
        }
        for (NGramModel model : threeGrams) {
            int[] state = sentenceStart(model);
            double[] expected = new double[length + 1];
            for (int i = 0; i < length; i++) {
                expected[i] = model.score(state, 0, model.wordId(sentence.get(i)), state, 0);
            }
            expected[length] = model.scoreSentenceEnd(state, 0);

            SentenceQuery query = model.query(sentence, SentenceBoundary.SCORED);

            assertThat(query.words().stream().mapToDouble(WordProbability::logProbability))
                    .containsExactly(Arrays.stream(expected).boxed().toArray(Double[]::new));
            assertThat(query.unknownWords())
                    .isEqualTo((int) sentence.stream().filter(w -> model.wordId(w) == 0).count());
        }
    }

    private static double sum(NGramModel model, int[] state) {
        double sum = 0;
        int[] next = new int[model.stateSize()];
        for (int word = 0; word < model.vocabulary().size(); word++) {
            if (word != model.wordId("<s>")) {
                sum += Math.exp(model.score(state, 0, word, next, 0));
            }
        }
        return sum;
    }

    private static int[] sentenceStart(NGramModel model) {
        int[] state = new int[model.stateSize()];
        model.writeSentenceStart(state, 0);
        return state;
    }

    private static int[] emptyContext(NGramModel model) {
        int[] state = new int[model.stateSize()];
        model.writeEmptyContext(state, 0);
        return state;
    }
}
