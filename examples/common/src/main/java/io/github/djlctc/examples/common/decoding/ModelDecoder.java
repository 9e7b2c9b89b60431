package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.text.Alphabet;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The decoder that was chosen for a model, with its files read.
 *
 * <p>Safe for use by many threads.
 */
public final class ModelDecoder {

    private final GreedyDecoder greedy;
    private final SearchKnowledge knowledge;
    private final Consumer<BeamSearchDecoder.Builder> settings;
    private final Decoding decoding;

    private ModelDecoder(
            GreedyDecoder greedy,
            SearchKnowledge knowledge,
            Consumer<BeamSearchDecoder.Builder> settings,
            Optional<String> searchName) {
        this.greedy = greedy;
        this.knowledge = knowledge;
        this.settings = settings;
        decoding =
                searchName
                        .map(name -> new Decoding(name, search(List.of(), builder -> {})))
                        .orElseGet(() -> Decoding.greedy(greedy));
    }

    /**
     * Chooses the likeliest class of each frame.
     *
     * @param decoder the greedy decoder of the model
     * @param knowledge what a {@linkplain #search search} goes by all the same
     * @param settings sets weights and limits of such a search
     * @return the decoder
     */
    public static ModelDecoder greedy(
            GreedyDecoder decoder,
            SearchKnowledge knowledge,
            Consumer<BeamSearchDecoder.Builder> settings) {
        return new ModelDecoder(decoder, knowledge, settings, Optional.empty());
    }

    /**
     * Chooses a beam search.
     *
     * @param name what reports call it
     * @param greedy the greedy decoder of the model
     * @param knowledge what it goes by besides the logits
     * @param settings sets weights and limits
     * @return the decoder
     * @throws IllegalArgumentException if a value is out of its range
     */
    public static ModelDecoder search(
            String name,
            GreedyDecoder greedy,
            SearchKnowledge knowledge,
            Consumer<BeamSearchDecoder.Builder> settings) {
        return new ModelDecoder(greedy, knowledge, settings, Optional.of(name));
    }

    /**
     * Tells whether the likeliest class of each frame is taken.
     *
     * @return false for a beam search
     */
    public boolean isGreedy() {
        return decoding.decoder() == greedy;
    }

    /**
     * Returns the decoder that was chosen.
     *
     * @return what finds the best text, with its name
     */
    public Decoding decoding() {
        return decoding;
    }

    /**
     * Returns what finds the best text.
     *
     * @return the decoder of {@link #decoding}
     */
    public CTCDecoder decoder() {
        return decoding.decoder();
    }

    /**
     * Returns the lexicon of the search, if hotwords have added words to that of a file.
     *
     * @return all words that are permitted; none if they are those of a file, or no lexicon is used
     */
    public List<String> extendedLexicon() {
        Alphabet alphabet = greedy.alphabet();
        return knowledge.wordsBeyondLexicon(alphabet).isEmpty()
                ? List.of()
                : knowledge.words(alphabet);
    }

    /**
     * Makes a beam search like the one that was chosen, or in place of the greedy decoder, with
     * more to go by.
     *
     * @param hotwords hotwords besides those that there are, maybe none; a lexicon of the model's
     *     folder permits their words too
     * @param more sets what is wanted besides, such as the length of the n-best list
     * @return the search
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BeamSearchDecoder search(
            List<Hotword> hotwords, Consumer<BeamSearchDecoder.Builder> more) {
        Alphabet alphabet = greedy.alphabet();
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder().setAlphabet(alphabet);
        knowledge.withHotwords(hotwords).applyTo(builder, alphabet);
        settings.accept(builder);
        more.accept(builder);
        return builder.build();
    }
}
