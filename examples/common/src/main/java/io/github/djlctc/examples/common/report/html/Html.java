package io.github.djlctc.examples.common.report.html;

import java.util.Locale;

/** HTML that is being written. What comes from data goes through {@link #text} only. */
final class Html {

    private static final int REPLACEMENT = 0xfffd;

    private final StringBuilder out = new StringBuilder();

    /** Adds markup as it is. */
    Html markup(String markup) {
        out.append(markup);
        return this;
    }

    /** Adds a text of whatever characters, for elements and for quoted attributes. */
    Html text(String text) {
        text.codePoints().forEach(this::character);
        return this;
    }

    /** Adds an element that holds a text. */
    Html element(String tag, String text) {
        return markup("<" + tag + ">").text(text).markup("</" + tag + ">\n");
    }

    /** Adds an attribute of a coordinate or a length in pixels. */
    Html attribute(String name, double pixels) {
        out.append(' ').append(name).append("=\"").append(pixels(pixels)).append('"');
        return this;
    }

    static String pixels(double pixels) {
        String decimal = String.format(Locale.ROOT, "%.1f", pixels);
        return decimal.endsWith(".0") ? decimal.substring(0, decimal.length() - 2) : decimal;
    }

    private void character(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(visible(c));
        }
    }

    /** HTML cannot hold control characters, nor UTF-8 half of a surrogate pair. */
    private static int visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c < 0x20 ? 0x2400 + c : c == 0x7f ? 0x2421 : REPLACEMENT;
            case Character.SURROGATE -> REPLACEMENT;
            default -> c;
        };
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
