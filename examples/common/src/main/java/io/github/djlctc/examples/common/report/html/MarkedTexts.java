package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.report.html.TextComparison.Edit;
import io.github.djlctc.examples.common.report.html.TextComparison.Step;
import io.github.djlctc.text.Whitespace;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A reference and its hypothesis below each other, with their differences marked by colour and by
 * kind of line.
 */
final class MarkedTexts {

    private static final int NONE = -1;
    private static final int OPEN_BOX = 0x2423;

    private MarkedTexts() {}

    static Html legend() {
        return new Html()
                .markup("<p class=\"note\">In the reference, <del>deleted</del> characters are")
                .markup(" struck out; in the hypothesis, <ins>inserted</ins> ones are underlined")
                .markup(" twice; <mark>substituted</mark> ones are boxed in both. A marked space")
                .markup(" is shown as ␣.</p>\n");
    }

    static Html of(String reference, String hypothesis) {
        List<Step> steps = TextComparison.of(reference, hypothesis);
        Html html = new Html().markup("<dl class=\"texts\">");
        if (steps.isEmpty()) {
            line(html, "reference", plain(reference));
            line(html, "hypothesis", plain(hypothesis));
        } else {
            line(html, "reference", marked(steps, Step::reference));
            line(html, "hypothesis", marked(steps, Step::hypothesis));
        }
        return html.markup("</dl>");
    }

    private static void line(Html html, String name, Html text) {
        String shown = text.toString();
        html.element("dt", name).markup("<dd><bdi>");
        html.markup(shown.isEmpty() ? "<i>empty</i>" : shown).markup("</bdi></dd>");
    }

    private static Html plain(String text) {
        return new Html().text(Whitespace.collapse(text));
    }

    private static Html marked(List<Step> steps, ToIntFunction<Step> side) {
        Html html = new Html();
        StringBuilder run = new StringBuilder();
        Edit edit = Edit.EQUAL;
        for (Step step : steps) {
            int character = side.applyAsInt(step);
            if (character == NONE) {
                continue;
            }
            if (step.edit() != edit) {
                flush(html, edit, run);
                edit = step.edit();
            }
            boolean hidden = edit != Edit.EQUAL && character == ' ';
            run.appendCodePoint(hidden ? OPEN_BOX : character);
        }
        flush(html, edit, run);
        return html;
    }

    private static void flush(Html html, Edit edit, StringBuilder run) {
        if (run.length() > 0) {
            String tag =
                    switch (edit) {
                        case EQUAL -> "span";
                        case SUBSTITUTED -> "mark";
                        case DELETED -> "del";
                        case INSERTED -> "ins";
                    };
            html.markup("<" + tag + ">").text(run.toString()).markup("</" + tag + ">");
            run.setLength(0);
        }
    }
}
