package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a beam search goes by besides the logits: a language model, a lexicon, hotwords and a label
 * prior, each of which may be missing.
 *
 * <p>Immutable: the methods that add something return another.
 */
public final class SearchKnowledge {

    /** Nothing but the logits. */
    public static final SearchKnowledge NONE = new SearchKnowledge(new Parts());

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** What decides whether hotwords are permitted that a lexicon lacks. */
    public enum LexiconUse {
        /** The words of the lexicon alone. */
        CLOSED,
        /** The words of the hotwords too. */
        OPEN_TO_HOTWORDS
    }

    private static final class Parts {

        private NGramModel languageModel;
        private LanguageModelUnit unit;
        private Lexicon lexicon;
        private LexiconUse lexiconUse;
        private LabelPrior labelPrior;
        private double labelPriorWeight;
        private List<Hotword> hotwords = List.of();

        Parts copy() {
            Parts copy = new Parts();
            copy.languageModel = languageModel;
            copy.unit = unit;
            copy.lexicon = lexicon;
            copy.lexiconUse = lexiconUse;
            copy.labelPrior = labelPrior;
            copy.labelPriorWeight = labelPriorWeight;
            copy.hotwords = hotwords;
            return copy;
        }
    }

    private final Parts parts;

    private SearchKnowledge(Parts parts) {
        this.parts = parts;
    }

    /**
     * Adds a language model.
     *
     * @param model the model
     * @param unit what its words are
     * @return this and the model
     */
    public SearchKnowledge withLanguageModel(NGramModel model, LanguageModelUnit unit) {
        Parts more = parts.copy();
        more.languageModel = Objects.requireNonNull(model, "model");
        more.unit = Objects.requireNonNull(unit, "unit");
        return new SearchKnowledge(more);
    }

    /**
     * Adds a lexicon.
     *
     * @param lexicon the words
     * @param use whether hotwords may add to them
     * @return this and the lexicon
     */
    public SearchKnowledge withLexicon(Lexicon lexicon, LexiconUse use) {
        Parts more = parts.copy();
        more.lexicon = Objects.requireNonNull(lexicon, "lexicon");
        more.lexiconUse = Objects.requireNonNull(use, "use");
        return new SearchKnowledge(more);
    }

    /**
     * Adds a label prior, in place of another.
     *
     * @param prior the prior
     * @param weight its weight, 0 to 1
     * @return this and the prior
     */
    public SearchKnowledge withLabelPrior(LabelPrior prior, double weight) {
        Parts more = parts.copy();
        more.labelPrior = Objects.requireNonNull(prior, "prior");
        more.labelPriorWeight = weight;
        return new SearchKnowledge(more);
    }

    /**
     * Adds hotwords to those that are there.
     *
     * @param hotwords the hotwords, maybe none
     * @return this and the hotwords
     */
    public SearchKnowledge withHotwords(List<Hotword> hotwords) {
        Parts more = parts.copy();
        List<Hotword> all = new ArrayList<>(parts.hotwords);
        all.addAll(hotwords);
        more.hotwords = List.copyOf(all);
        return new SearchKnowledge(more);
    }

    /**
     * Returns the hotwords.
     *
     * @return an immutable list, maybe empty
     */
    public List<Hotword> hotwords() {
        return parts.hotwords;
    }

    /**
     * Returns the words of the hotwords that the lexicon lacks and is open to.
     *
     * @param alphabet the classes, which can spell them
     * @return the words, in their order; none without a lexicon that is open to them
     */
    public Set<String> wordsBeyondLexicon(Alphabet alphabet) {
        Set<String> words = new LinkedHashSet<>();
        if (parts.lexicon == null
                || parts.lexiconUse == LexiconUse.CLOSED
                || !parts.lexicon.spellings().isEmpty()) {
            return words;
        }
        parts.hotwords.stream()
                .flatMap(h -> SPACE.splitAsStream(alphabet.normalize(h.phrase())))
                .filter(word -> !word.isEmpty() && alphabet.unknownCharacters(word).isEmpty())
                .forEach(words::add);
        words.removeAll(parts.lexicon.words());
        return words;
    }

    /**
     * Tells a search all of it.
     *
     * @param builder the builder of the decoder
     * @param alphabet the classes
     * @throws IllegalArgumentException if the weight of the prior is out of its range
     */
    public void applyTo(BeamSearchDecoder.Builder builder, Alphabet alphabet) {
        if (parts.languageModel != null) {
            builder.optLanguageModel(parts.languageModel).optLanguageModelUnit(parts.unit);
        }
        openLexicon(alphabet).ifPresent(builder::optLexicon);
        if (parts.labelPrior != null) {
            builder.optLabelPrior(parts.labelPrior, parts.labelPriorWeight);
        }
        if (!parts.hotwords.isEmpty()) {
            builder.optHotwords(parts.hotwords);
        }
    }

    private Optional<Lexicon> openLexicon(Alphabet alphabet) {
        if (parts.lexicon == null) {
            return Optional.empty();
        }
        Set<String> more = wordsBeyondLexicon(alphabet);
        if (more.isEmpty()) {
            return Optional.of(parts.lexicon);
        }
        List<String> all = new ArrayList<>(parts.lexicon.words());
        all.addAll(more);
        return Optional.of(Lexicon.of(all));
    }
}
