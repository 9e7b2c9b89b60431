package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words that a search knows: their characters as a trie, their ids in the language model, and
 * for each node of the trie the score of the likeliest word below it, so that beginnings of words
 * can be compared with whole ones (look-ahead, or smearing).
 */
final class VocabularyModel {

    private final WordTrie trie;
    private final int[] languageModelIds;
    private final double[] lookAhead;
    private final boolean closed;

    /** The spellings, or null where the alphabet spells words. */
    private final SpelledWords spelled;

    private VocabularyModel(
            WordTrie trie,
            int[] languageModelIds,
            double[] lookAhead,
            boolean closed,
            SpelledWords spelled) {
        this.trie = trie;
        this.languageModelIds = languageModelIds;
        this.lookAhead = lookAhead;
        this.closed = closed;
        this.spelled = spelled;
    }

    /** Takes the words of a lexicon and no others. The language model may be null. */
    static VocabularyModel closedVocabulary(
            Lexicon lexicon, LanguageModel model, Alphabet alphabet) {
        Map<String, Integer> words = new TreeMap<>();
        Map<String, Integer> ids = model == null ? Map.of() : idsAsWritten(model, alphabet);
        int unknown = model == null ? 0 : model.unknownWord();
        if (!lexicon.spellings().isEmpty()) {
            SpelledWords spelled =
                    new SpelledWords(
                            lexicon, alphabet, word -> scoreWithoutContext(model, ids.get(word)));
            spelled.words()
                    .forEach((code, word) -> words.put(code, ids.getOrDefault(word, unknown)));
            return of(words, model, true, spelled);
        }
        add(lexicon.words(), ids, unknown, alphabet, words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException(LexiconFit.of(lexicon, alphabet).description());
        }
        return of(words, model, true, null);
    }

    /** Takes the words of a language model and some more, but leaves others possible. */
    static VocabularyModel openVocabulary(
            LanguageModel model, Collection<String> moreWords, Alphabet alphabet) {
        Map<String, Integer> words = new TreeMap<>();
        Map<String, Integer> ids = ids(model);
        add(Lexicon.of(model).words(), ids, model.unknownWord(), alphabet, words);
        add(moreWords, ids, model.unknownWord(), alphabet, words);
        return of(words, model, false, null);
    }

    /** Returns the id of each entry of a model's vocabulary. */
    static Map<String, Integer> ids(LanguageModel model) {
        List<String> vocabulary = model.vocabulary();
        Map<String, Integer> ids = new HashMap<>(2 * vocabulary.size());
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.putIfAbsent(vocabulary.get(id), id);
        }
        return ids;
    }

    /** Returns ids by words, and by words as the alphabet writes them, such as in lower case. */
    private static Map<String, Integer> idsAsWritten(LanguageModel model, Alphabet alphabet) {
        Map<String, Integer> ids = ids(model);
        for (String word : model.words()) {
            if (alphabet.unknownCharacters(word).isEmpty()) {
                ids.putIfAbsent(alphabet.normalize(word), ids.get(word));
            }
        }
        return ids;
    }

    /** Adds words as the alphabet writes them; known ones win over unknown ones. */
    private static void add(
            Collection<String> words,
            Map<String, Integer> ids,
            int unknown,
            Alphabet alphabet,
            Map<String, Integer> added) {
        for (String word : words) {
            if (alphabet.unknownCharacters(word).isEmpty()) {
                String written = alphabet.normalize(word);
                int id = ids.getOrDefault(word, ids.getOrDefault(written, unknown));
                added.merge(written, id, (old, other) -> old == unknown ? other : old);
            }
        }
    }

    private static VocabularyModel of(
            Map<String, Integer> words, LanguageModel model, boolean closed, SpelledWords spelled) {
        WordTrie trie = WordTrie.of(words.keySet().toArray(String[]::new));
        int[] ids = words.values().stream().mapToInt(Integer::intValue).toArray();
        double[] lookAhead = new double[trie.size()];
        if (model != null) {
            lookAhead = trie.greatestBelow(scoresWithoutContext(model, ids));
            lookAhead[WordTrie.ROOT] = 0;
        }
        return new VocabularyModel(trie, ids, lookAhead, closed, spelled);
    }

    private static double[] scoresWithoutContext(LanguageModel model, int[] ids) {
        int[] context = new int[model.stateSize()];
        int[] next = new int[model.stateSize()];
        model.writeEmptyContext(context, 0);
        return Arrays.stream(ids).mapToDouble(id -> model.score(context, 0, id, next, 0)).toArray();
    }

    /** Returns how likely a word is, where it is known. */
    private static double scoreWithoutContext(LanguageModel model, Integer id) {
        return id == null
                ? Double.NEGATIVE_INFINITY
                : scoresWithoutContext(model, new int[] {id})[0];
    }

    /** Returns what tokens add to words, as {@link #child} wants it. */
    TokenTexts tokenTexts(Alphabet alphabet) {
        return spelled == null ? new TokenTexts(alphabet) : spelled.texts();
    }

    /** Returns the ways to spell a phrase that the alphabet has normalised. */
    List<String> spellings(String phrase) {
        return spelled == null ? List.of(phrase) : spelled.spellings(phrase);
    }

    /** Returns whether no other words may be decoded. */
    boolean isClosed() {
        return closed;
    }

    int child(int node, char character) {
        return trie.child(node, character);
    }

    /** Returns whether a word ends at a node. */
    boolean isWord(int node) {
        return trie.word(node) != WordTrie.NONE;
    }

    /** Returns the language model's id of the word that ends at a node. */
    int languageModelId(int node) {
        return languageModelIds[trie.word(node)];
    }

    /** Returns the unweighted score of the likeliest word below a node, 0 at the root. */
    double lookAhead(int node) {
        return lookAhead[node];
    }

    /** Returns whether a word, as the alphabet writes it, is in the vocabulary. */
    boolean contains(String word) {
        return spelled == null ? wordNode(word) != WordTrie.NONE : spelled.contains(word);
    }

    /** Returns whether the language model knows a word, as the alphabet writes it. */
    boolean isKnown(String word, int unknownWord) {
        return spellings(word).stream()
                .mapToInt(this::wordNode)
                .anyMatch(node -> node != WordTrie.NONE && languageModelId(node) != unknownWord);
    }

    /** Returns the node where a word ends, or {@link WordTrie#NONE}. */
    private int wordNode(String word) {
        int node = WordTrie.ROOT;
        for (int i = 0; i < word.length() && node != WordTrie.NONE; i++) {
            node = trie.child(node, word.charAt(i));
        }
        return node != WordTrie.NONE && isWord(node) ? node : WordTrie.NONE;
    }
}
