package io.github.djlctc.benchmarks;

import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.NGramEstimator;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The language model that the benchmarks use. */
@State(Scope.Benchmark)
public class NGrams {

    private static final String ESTIMATED = "estimated";
    private static final int SENTENCES = 10_000;

    /** {@code estimated} for a trigram model of synthetic text, or a model's file. */
    @Param(ESTIMATED)
    String languageModel;

    private Path file;
    private NGramModel model;

    /**
     * Estimates or reads the model.
     *
     * @throws IOException if its file cannot be read or written
     */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        file = languageModel.equals(ESTIMATED) ? estimate() : Path.of(languageModel);
        model = NGramModel.read(file);
    }

    private static Path estimate() throws IOException {
        Path arpa = Files.createTempFile("benchmarks", ".arpa");
        arpa.toFile().deleteOnExit();
        NGramEstimator.builder()
                .setOrder(3)
                // So small a vocabulary has no rare words.
                .optDiscountFallback(Discounts.FALLBACK)
                .build()
                .estimate(new SyntheticText().sentences(SENTENCES, 4))
                .writeArpa(arpa);
        return arpa;
    }

    Path file() {
        return file;
    }

    NGramModel model() {
        return model;
    }
}
