package io.github.djlctc.examples.htr.mistakes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The figures of the section on classical mistakes in docs/htr.md. */
class ClassicalMistakesTest {

    @Test
    void eachMistakeCostsMoreThanItsLossSays(TestReporter reporter) throws IOException {
        Experiment experiment = new Experiment();
        Map<Mistake, Experiment.Result> results = new EnumMap<>(Mistake.class);
        for (Mistake mistake : Mistake.values()) {
            Experiment.Result result = experiment.run(mistake);
            results.put(mistake, result);
            reporter.publishEntry(
                    mistake.toString(),
                    String.format(
                            Locale.ROOT,
                            "loss %.2f, then %.2f; CER %s",
                            result.firstLoss(),
                            result.lastLoss(),
                            Experiment.percent(result)));
            System.out.println(
                    mistake
                            + " "
                            + result.firstLoss()
                            + " "
                            + result.lastLoss()
                            + " "
                            + Experiment.percent(result));
        }
        assertThat(results.get(Mistake.NONE).errors().rate()).isLessThan(0.5);
    }
}
