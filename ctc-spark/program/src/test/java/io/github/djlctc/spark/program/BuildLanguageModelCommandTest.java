package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.testdata.EmissionSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BuildLanguageModelCommandTest {

    @TempDir Path folder;

    private Outcome build(Object... more) {
        return SparkProgram.run(List.of("build-lm", "--order=3", "--master=local[2]"), more);
    }

    @Test
    void theFileIsThatOfOneMachine() throws IOException {
        Path expected = folder.resolve("expected.arpa");
        try (EstimatedNGrams model =
                NGramEstimator.builder()
                        .setOrder(3)
                        .optDiscountFallback(Discounts.FALLBACK)
                        .optPruning(0, 1)
                        .build()
                        .estimate(EmissionSet.ownSentences())) {
            model.writeArpa(expected);
        }
        Path arpa = folder.resolve("lm.arpa");

        Outcome outcome =
                build(
                        "--discount-fallback",
                        "--prune=0,1",
                        "--text",
                        EmissionSet.ownSentences(),
                        "--out",
                        arpa);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("3-grams").contains("Model in " + arpa);
        assertThat(arpa).hasSameBinaryContentAs(expected);
    }

    @Test
    void mistakesAreTold() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "one two\na <s> b\n");

        Outcome reserved = build("--text", text, "--out", folder.resolve("a.arpa"));
        assertThat(reserved.exitCode()).isEqualTo(2);
        assertThat(reserved.err()).contains("text.txt, line 2").contains("<s>");
        Outcome missing = build("--text", folder.resolve("none"), "--out", folder.resolve("a"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none").doesNotContain("\tat ");
        Outcome nowhere = build("--text", text, "--out", folder.resolve("none/a.arpa"));
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("there is no folder");
    }
}
