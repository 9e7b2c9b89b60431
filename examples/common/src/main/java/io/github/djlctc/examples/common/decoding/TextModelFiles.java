package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The language model and the lexicon in the folder of a model: {@code lm.arpa.gz} and {@code
 * lexicon.txt}.
 *
 * <p>Where words are written without spaces between them, the language model is of tokens, and
 * there is no lexicon.
 */
final class TextModelFiles {

    static final String LANGUAGE_MODEL = "lm.arpa.gz";
    static final String LEXICON = "lexicon.txt";
    static final String LABEL_PRIOR = "label-prior.txt";

    private static final int ORDER = 3;

    /** Tokens say less than words. */
    private static final int ORDER_OF_TOKENS = 5;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final LanguageModelUnit unit;
    private final Set<String> words;

    private TextModelFiles(LanguageModelUnit unit, Set<String> words) {
        this.unit = unit;
        this.words = words;
    }

    /** Deletes the decoder of an earlier training, which does not belong to what comes now. */
    static void delete(Path folder) throws IOException {
        for (String name : List.of(FolderDecoder.FILE, LANGUAGE_MODEL, LEXICON, LABEL_PRIOR)) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /**
     * Learns from texts, and writes the files.
     *
     * @param texts the texts of the training set
     * @param moreWords words that may come besides those of the texts
     * @return what was written; nothing if there are not two words, or not two tokens, to learn
     * @throws OutputFileException if a file cannot be written
     * @throws TextModelException if the texts cannot be learnt from
     */
    static Optional<TextModelFiles> write(
            Path folder, Alphabet alphabet, List<String> texts, Collection<String> moreWords)
            throws IOException, TextModelException {
        LanguageModelUnit unit =
                alphabet.joinsWords() ? LanguageModelUnit.TOKEN : LanguageModelUnit.WORD;
        List<String> sentences =
                texts.stream()
                        .map(alphabet::normalize)
                        .filter(text -> !text.isBlank() && isSpelled(text, alphabet))
                        .map(text -> unit == LanguageModelUnit.WORD ? text : spell(text, alphabet))
                        .toList();
        Set<String> words = words(sentences);
        if (words.size() < 2) {
            return Optional.empty();
        }
        Path modelFile = folder.resolve(LANGUAGE_MODEL);
        try (EstimatedNGrams model = estimate(sentences, unit)) {
            OutputFileException.guard(modelFile, () -> model.writeArpa(modelFile));
        }
        TextModelFiles files = new TextModelFiles(unit, words);
        if (files.hasLexicon()) {
            Set<String> lexicon = new TreeSet<>(words);
            moreWords.stream()
                    .map(alphabet::normalize)
                    .filter(word -> isSpelled(word, alphabet))
                    .forEach(lexicon::add);
            Path file = folder.resolve(LEXICON);
            OutputFileException.guard(
                    file, () -> AtomicFile.writeString(file, String.join("\n", lexicon) + "\n"));
            words.addAll(lexicon);
        }
        return Optional.of(files);
    }

    private static boolean isSpelled(String text, Alphabet alphabet) {
        return alphabet.unknownCharacters(text).isEmpty();
    }

    private static String spell(String text, Alphabet alphabet) {
        return Arrays.stream(alphabet.encode(text))
                .mapToObj(alphabet::token)
                .collect(Collectors.joining(" "));
    }

    private static Set<String> words(List<String> sentences) {
        return sentences.stream()
                .flatMap(SPACE::splitAsStream)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static EstimatedNGrams estimate(List<String> sentences, LanguageModelUnit unit)
            throws TextModelException {
        try {
            return NGramEstimator.builder()
                    .setOrder(unit == LanguageModelUnit.WORD ? ORDER : ORDER_OF_TOKENS)
                    .optDiscountFallback(Discounts.FALLBACK)
                    .build()
                    .estimate(sentences);
        } catch (RuntimeException e) {
            // A finished training must not fail because of what its transcripts hold.
            throw new TextModelException(ErrorText.of(e), e);
        }
    }

    boolean hasLexicon() {
        return unit == LanguageModelUnit.WORD;
    }

    /**
     * Returns the share of the words of texts that were learnt; of tokens, 1.
     *
     * @param texts normalised texts, with at least one word
     */
    double knownShare(List<String> texts) {
        if (!hasLexicon()) {
            return 1;
        }
        List<String> found =
                texts.stream()
                        .flatMap(SPACE::splitAsStream)
                        .filter(word -> !word.isEmpty())
                        .toList();
        long known = found.stream().filter(words::contains).count();
        return found.isEmpty() ? 1 : (double) known / found.size();
    }

    /** Returns the settings of a search with these files; a label prior of weight 0 is none. */
    DecoderSettings settings(Restriction restriction, double priorWeight, WeightSetting weights) {
        return new DecoderSettings(
                DecoderSettings.Method.BEAM_SEARCH,
                LANGUAGE_MODEL,
                unit.name().toLowerCase(Locale.ROOT),
                restriction == Restriction.LEXICON ? LEXICON : null,
                weights.alpha(),
                weights.beta(),
                priorWeight == 0 ? null : LABEL_PRIOR,
                priorWeight == 0 ? null : priorWeight);
    }

    /** Which words a search may find. */
    enum Restriction {
        NONE,
        LEXICON
    }

    /** Texts that cannot be learnt from; the message says why. */
    static final class TextModelException extends Exception {

        private static final long serialVersionUID = 1L;

        TextModelException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
