package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.LabelAuditReport.Verdict;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.UnusableSampleException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class PreparationTest {

    private final RecognitionModel model = new TinyModel();
    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @Test
    void keepsTheUsableSamplesInOrderAndSaysWhyTheOthersAreNot() throws Exception {
        List<TinySample> samples = new ArrayList<>();
        samples.add(new TinySample("good 1", " a  b ", 20));
        samples.add(new TinySample("gone", "AB", 0));
        samples.add(new TinySample("foreign", "AXE", 20));
        samples.add(new TinySample("good 2", "CD", 20));
        samples.add(new TinySample("silent", " \t", 20));
        samples.add(new TinySample("short", "AAB", 7));
        samples.add(new TinySample("just long enough", "AAB", 8));
        for (int i = 0; i < 20; i++) {
            samples.add(new TinySample("more " + i, "AB", 30 - i));
        }

        List<PreparedSample> usable = preparation(skipped).prepareUsable("test", samples);

        assertThat(usable)
                .extracting(PreparedSample::id)
                .startsWith("good 1", "good 2", "silent", "just long enough", "more 0")
                .endsWith("more 19")
                .hasSize(24);
        assertThat(usable.get(0).text()).isEqualTo("A B");
        assertThat(usable.get(0).target()).containsExactly(2, 1, 3);
        assertThat(usable.get(2).target()).isEmpty();
        assertThat(usable.get(3).frames()).isEqualTo(8);
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactly(
                        tuple("gone", "gone"),
                        tuple("foreign", "characters outside the alphabet"),
                        tuple("short", "too short for its transcript"));
        assertThat(skipped.list())
                .extracting(Skipped::detail)
                .satisfiesExactly(
                        detail -> assertThat(detail).isEqualTo("gone has no frames"),
                        detail -> assertThat(detail).contains("X"),
                        detail ->
                                assertThat(detail)
                                        .isEqualTo(
                                                "3 frames after subsampling, but \"AAB\" needs 4"));
    }

    @Test
    void keepsTheOrderOfEmptyTranscriptsBeforeOthers() throws Exception {
        List<TinySample> samples =
                List.of(
                        new TinySample("silent 1", "", 20),
                        new TinySample("foreign", "X", 20),
                        new TinySample("silent 2", " ", 20),
                        new TinySample("speech", "AB", 20),
                        new TinySample("silent 3", "", 20));

        assertThat(preparation(skipped).prepareUsable("training", samples))
                .extracting(PreparedSample::id)
                .containsExactly("silent 1", "silent 2", "speech", "silent 3");
    }

    @Test
    void aSplitOfEmptyTranscriptsIsOfNoUseToTheAuditAsToTraining() throws Exception {
        Preparation<TinySample> preparation = preparation(skipped);
        List<TinySample> silent =
                List.of(new TinySample("a", "", 20), new TinySample("b", " ", 30));

        assertThat(preparation.prepare("training", silent)).isEmpty();

        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactly(tuple("a", "empty transcript"), tuple("b", "empty transcript"));
        assertThat(preparation.audit().usable()).isZero();
        assertThat(preparation.audit().verdict()).isEqualTo(Verdict.BROKEN);

        assertThat(preparation.prepare("test", List.of(new TinySample("c", "A", 20)))).hasSize(1);
        assertThat(preparation.audit().usable()).isEqualTo(1);
    }

    @Test
    void aTestSetOfEmptyTranscriptsAloneIsABrokenSet() throws Exception {
        Preparation<TinySample> preparation = preparation(skipped);

        preparation.auditSet("training", List.of(new TinySample("c", "A", 20)));
        preparation.auditSet("test", List.of(new TinySample("a", "", 20)));

        assertThat(preparation.audit().verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(preparation.audit().findings())
                .extracting(AuditFinding::summary)
                .contains("no sample of the test set can be used");
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason)
                .containsExactly(tuple("a", "empty transcript"));
    }

    @Test
    void throwsAtTheFirstInTheOrderOfTheCorpusIfStrict() {
        List<TinySample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(new TinySample("sample " + i, "AB", 20));
        }
        samples.add(5, new TinySample("first", "XX", 20));
        samples.add(new TinySample("last", "", 20));

        assertThatThrownBy(
                        () ->
                                preparation(new SkippedSamples(Policy.STRICT))
                                        .prepareUsable("train", samples))
                .isInstanceOf(UnusableSampleException.class)
                .hasMessageStartingWith("first: characters outside the alphabet: ");
    }

    @Test
    void saysWhyNothingIsLeft() {
        List<TinySample> samples =
                List.of(new TinySample("a", "XX", 20), new TinySample("b", "", 20));

        assertThatThrownBy(() -> preparation(skipped).prepareUsable("validation", samples))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("none of the 2 validation things can be used: ")
                .hasMessageContaining("skipped 1: characters outside the alphabet")
                .hasMessageContaining("skipped 1: empty transcript");
        assertThatThrownBy(() -> preparation(skipped).prepareUsable("test", List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("there are no test things");
    }

    @Test
    void saysWhyNothingIsLeftOfThisSplitOnly() {
        skipped.add("elsewhere", "leak", "of another split");

        assertThatThrownBy(
                        () ->
                                preparation(skipped)
                                        .prepareUsable(
                                                "test", List.of(new TinySample("a", "X", 20))))
                .hasMessageContaining("characters outside the alphabet")
                .hasMessageNotContaining("leak");
    }

    @Test
    void passesOnWhatIsNoFaultOfTheSample() {
        IllegalStateException bug = new IllegalStateException("bug");
        SampleReader<TinySample> broken =
                sample -> {
                    throw bug;
                };

        assertThatThrownBy(
                        () ->
                                new Preparation<>(model, broken, "things", skipped)
                                        .prepareUsable("x", List.of(new TinySample("a", "A", 9))))
                .isSameAs(bug);
    }

    @Test
    void namesTheSampleThatMemoryIsTooSmallFor() {
        SampleReader<TinySample> reader =
                sample -> {
                    throw new OutOfMemoryError("Java heap space");
                };
        List<TinySample> samples = List.of(new TinySample("two hours", "A", 9));
        Preparation<TinySample> preparation = new Preparation<>(model, reader, "things", skipped);
        assertThatThrownBy(() -> preparation.prepareUsable("x", samples))
                .isInstanceOf(BatchMemoryException.class)
                .hasMessage("out of memory while two hours was read (Java heap space)");
    }

    private Preparation<TinySample> preparation(SkippedSamples skipped) {
        return new Preparation<>(model, TinySample::read, "things", skipped);
    }
}
