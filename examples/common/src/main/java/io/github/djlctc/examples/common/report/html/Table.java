package io.github.djlctc.examples.common.report.html;

import java.util.List;
import java.util.stream.Stream;

/** A table. On narrow screens it scrolls, or each row becomes a block, with names before cells. */
final class Table {

    private final Html html = new Html();
    private final List<String> columns;

    private Table(String style, List<String> columns) {
        this.columns = columns;
        html.markup("<div class=\"" + style + "\"><table>\n<thead><tr>");
        columns.forEach(column -> html.markup("<th scope=\"col\">").text(column).markup("</th>"));
        html.markup("</tr></thead>\n<tbody>\n");
    }

    /** Starts a table of many columns of figures. */
    static Table scrolling(String... columns) {
        return new Table("scroll", List.of(columns));
    }

    /** Starts a table that holds texts. */
    static Table stacking(String... columns) {
        return new Table("stack", List.of(columns));
    }

    /** Adds a row of texts. */
    Table row(String... texts) {
        return row("", Stream.of(texts).map(text -> new Html().text(text)).toList());
    }

    /** Adds a row of markup. */
    Table row(String style, List<Html> cells) {
        html.markup(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">");
        for (int i = 0; i < cells.size(); i++) {
            html.markup("<td data-name=\"").text(columns.get(i)).markup("\">");
            // One child element: on narrow screens a cell is a grid of the name and this element.
            html.markup("<div>").markup(cells.get(i).toString()).markup("</div></td>");
        }
        html.markup("</tr>\n");
        return this;
    }

    @Override
    public String toString() {
        return html + "</tbody></table></div>\n";
    }
}
