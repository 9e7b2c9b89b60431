package io.github.djlctc.examples.ocr;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As a user would: reads folders of 60 lines, Chinese ones with a 3-gram model of characters too,
 * and counts the errors. The model is of other sentences than those to read, which are in part of
 * phrases that it has never seen.
 */
class AccuracyTest {

    private static final int LINES = 60;
    private static final List<String> ENGLISH = Sentences.english(LINES);
    private static final List<String> CHINESE = Sentences.chinese(LINES);

    @TempDir static Path folder;

    private static Path languageModel;

    @BeforeAll
    static void estimateLanguageModel() throws IOException {
        languageModel = folder.resolve("characters.arpa");
        List<String> text =
                Sentences.chineseToLearnFrom(2000, CHINESE).stream()
                        .map(AccuracyTest::characters)
                        .toList();
        NGramEstimator.builder()
                .setOrder(3)
                .optDiscountFallback(Discounts.FALLBACK)
                .build()
                .estimate(text)
                .writeArpa(languageModel);
    }

    private static String characters(String sentence) {
        return sentence.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
    }

    @Test
    void readsCleanEnglish() throws IOException {
        Path lines = PrintedLines.writeClean(ENGLISH, folder.resolve("english"));

        assertThat(errorRate("English, clean, greedy", ENGLISH, lines)).isLessThanOrEqualTo(0.001);
    }

    @Test
    void readsCleanChinese() throws IOException {
        Path lines = PrintedLines.writeClean(CHINESE, folder.resolve("chinese"));

        assertThat(errorRate("Chinese, clean, greedy", CHINESE, lines)).isLessThanOrEqualTo(0.01);
        assertThat(errorRate("Chinese, clean, 3-gram", CHINESE, lines, "--lm", languageModel))
                .isLessThanOrEqualTo(0.001);
    }

    @Test
    void aLanguageModelMendsErrorsInNoisyChinese() throws IOException {
        Path lines = PrintedLines.writeNoisy(CHINESE, folder.resolve("noisy"));

        double greedy = errorRate("Chinese, noisy, greedy", CHINESE, lines);
        double mended = errorRate("Chinese, noisy, 3-gram", CHINESE, lines, "--lm", languageModel);

        assertThat(greedy).isBetween(0.08, 0.25);
        assertThat(mended).isLessThanOrEqualTo(greedy - 0.04);
    }

    /** Reads a folder with the program and returns the character error rate, 0 to 1. */
    private static double errorRate(
            String name, List<String> texts, Path lines, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("read", "--json", "--threads", 2, lines));
        arguments.addAll(Arrays.asList(options));
        Outcome outcome = OcrProgram.run(arguments.toArray());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<JsonObject> read = outcome.json();
        assertThat(read).hasSameSizeAs(texts);
        ErrorCounts errors = ErrorCounts.ZERO;
        for (int i = 0; i < texts.size(); i++) {
            String text = read.get(i).get("text").getAsString();
            errors = errors.plus(ErrorRates.characters(texts.get(i), text));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: CER %.2f %% (%d of %d characters)%n",
                name,
                100 * errors.rate(),
                errors.errors(),
                errors.referenceLength());
        return errors.rate();
    }
}
