package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        FolderDecoder.write(
                folder,
                new DecoderSettings(
                        DecoderSettings.Method.BEAM_SEARCH,
                        LANGUAGE_MODEL,
                        null,
                        LEXICON,
                        null,
                        null,
                        null,
                        null));
    }
}
