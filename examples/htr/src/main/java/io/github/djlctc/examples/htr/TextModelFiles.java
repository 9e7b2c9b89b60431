package io.github.djlctc.examples.htr;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.train.Decoding;
import io.github.djlctc.examples.htr.corpus.LineSample;
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
final class TextModelFiles {

    private static final String LANGUAGE_MODEL = "lm.arpa.gz";
    private static final String LEXICON = "lexicon.txt";
    private static final int ORDER = 3;

    private TextModelFiles() {}

    /**
     * Estimates the language model from the texts of lines, and writes both files.
     *
     * @param folder the folder, created if needed
     * @param lines the lines to learn from
     * @param words the lexicon
     */
    static void write(Path folder, List<LineSample> lines, Set<String> words) throws IOException {
        Files.createDirectories(folder);
        EstimatedNGrams model =
                NGramEstimator.builder()
                        .setOrder(ORDER)
                        .optDiscountFallback(Discounts.FALLBACK)
                        .build()
                        .estimate(lines.stream().map(LineSample::text).toList());
        Path modelFile = folder.resolve(LANGUAGE_MODEL);
        OutputFileException.guard(modelFile, () -> model.writeArpa(modelFile));
        Path lexicon = folder.resolve(LEXICON);
        OutputFileException.guard(lexicon, () -> Files.write(lexicon, words));
    }

    /** Returns the beam search with both, if they are there. */
    static Optional<Decoding> load(Path folder, Alphabet alphabet) throws IOException {
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
