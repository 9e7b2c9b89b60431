package io.github.djlctc.examples.common.train;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The language model and the lexicon in the folder of a model: {@code lm.arpa.gz} and {@code
 * lexicon.txt}.
 */
public final class TextModelFiles {

    private static final String LANGUAGE_MODEL = "lm.arpa.gz";
    private static final String LEXICON = "lexicon.txt";
    private static final int ORDER = 3;

    private TextModelFiles() {}

    /**
     * Estimates the language model from texts, and writes both files.
     *
     * @param folder the folder, created if needed
     * @param texts the texts to learn from
     * @param words the lexicon
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, List<String> texts, Set<String> words)
            throws IOException {
        Files.createDirectories(folder);
        EstimatedNGrams model =
                NGramEstimator.builder()
                        .setOrder(ORDER)
                        .optDiscountFallback(Discounts.FALLBACK)
                        .build()
                        .estimate(texts);
        Path modelFile = folder.resolve(LANGUAGE_MODEL);
        OutputFileException.guard(modelFile, () -> model.writeArpa(modelFile));
        Path lexicon = folder.resolve(LEXICON);
        OutputFileException.guard(lexicon, () -> Files.write(lexicon, words));
    }

    /**
     * Returns the beam search with both, if they are there.
     *
     * @param folder the folder of the model
     * @param alphabet the classes
     * @return the search; nothing without the files
     * @throws IOException if a file cannot be read
     */
    public static Optional<Decoding> load(Path folder, Alphabet alphabet) throws IOException {
        Path languageModel = folder.resolve(LANGUAGE_MODEL);
        Path lexicon = folder.resolve(LEXICON);
        if (!Files.exists(languageModel) || !Files.exists(lexicon)) {
            return Optional.empty();
        }
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(alphabet)
                        .optLanguageModel(NGramModel.read(languageModel))
                        .optLexicon(Lexicon.read(lexicon))
                        .build();
        return Optional.of(new Decoding("with " + LANGUAGE_MODEL + " and " + LEXICON, decoder));
    }
}
