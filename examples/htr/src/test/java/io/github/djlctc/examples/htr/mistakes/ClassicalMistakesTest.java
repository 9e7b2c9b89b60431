package io.github.djlctc.examples.htr.mistakes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The figures of docs/measurements/line-image-mistakes.md. */
class ClassicalMistakesTest {

    @Test
    void theLossFallsWhateverIsWrong(TestReporter reporter) throws IOException {
        Experiment experiment = new Experiment(11);
        Map<Mistake, Experiment.Result> results = new EnumMap<>(Mistake.class);
        for (Mistake mistake : Mistake.values()) {
            Experiment.Result result = experiment.run(mistake);
            results.put(mistake, result);
            reporter.publishEntry(mistake.toString(), result.toString());
            assertThat(result.lastLoss()).isLessThan(0.5 * result.firstLoss());
        }
        Experiment.Result right = results.get(Mistake.NONE);
        assertThat(right.alone().rate()).isLessThan(0.45);
        assertThat(right.besideWide()).isEqualTo(right.alone());
        for (Mistake mistake :
                new Mistake[] {
                    Mistake.NO_NON_LINEARITY, Mistake.RESHAPE, Mistake.BLANK_AS_PADDING
                }) {
            assertThat(results.get(mistake).alone().rate())
                    .as(mistake.toString())
                    .isGreaterThan(0.5);
        }
    }
}
