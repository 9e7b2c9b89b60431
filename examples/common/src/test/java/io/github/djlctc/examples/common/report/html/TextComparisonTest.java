package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.report.html.TextComparison.Edit;
import io.github.djlctc.examples.common.report.html.TextComparison.Step;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Whitespace;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.ToIntFunction;

import static org.assertj.core.api.Assertions.assertThat;

class TextComparisonTest {

    @Property(tries = 300)
    void hasTheErrorsOfTheErrorRateAndBothTexts(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String reference,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String hypothesis) {
        List<Step> steps = TextComparison.of(reference, hypothesis);

        ErrorCounts expected = ErrorRates.characters(reference, hypothesis);
        assertThat(count(steps, Edit.SUBSTITUTED)).isEqualTo(expected.substitutions());
        assertThat(count(steps, Edit.DELETED)).isEqualTo(expected.deletions());
        assertThat(count(steps, Edit.INSERTED)).isEqualTo(expected.insertions());
        assertThat(text(steps, Step::reference)).isEqualTo(Whitespace.collapse(reference));
        assertThat(text(steps, Step::hypothesis)).isEqualTo(Whitespace.collapse(hypothesis));
    }

    private static long count(List<Step> steps, Edit edit) {
        return steps.stream().filter(step -> step.edit() == edit).count();
    }

    private static String text(List<Step> steps, ToIntFunction<Step> side) {
        StringBuilder text = new StringBuilder();
        steps.stream().mapToInt(side).filter(c -> c >= 0).forEach(text::appendCodePoint);
        return text.toString();
    }

    @Test
    void marksEachKindOfErrorInItsOwnWay() {
        assertThat(MarkedTexts.of("abc defg", "xbcdefgh").toString())
                .contains("<bdi><mark>a</mark><span>bc</span><del>␣</del><span>defg</span></bdi>")
                .contains("<bdi><mark>x</mark><span>bcdefg</span><ins>h</ins></bdi>");
        assertThat(MarkedTexts.of("a", "").toString())
                .contains("<bdi><del>a</del></bdi>")
                .contains("<i>empty</i>");
        assertThat(MarkedTexts.of("", "").toString()).contains("<i>empty</i>");
    }

    @Test
    void veryLongTextsAreShownWithoutMarks() {
        String text = "a".repeat(5000);
        assertThat(MarkedTexts.of(text, "b" + text).toString())
                .contains("<bdi>b" + text + "</bdi>")
                .doesNotContain("<ins>");
    }
}
