package io.github.djlctc.examples.htr.mistakes;

/** What goes wrong in models of text lines that users show in forums. */
enum Mistake {
    NONE("none"),
    NO_NON_LINEARITY("no non-linearity between convolutions"),
    RESHAPE("reshape instead of transposition: batch and width mixed"),
    BLANK_AS_PADDING("targets padded with the blank, as long as the longest"),
    FIXED_LENGTHS("all lines as long as the longest of their batch");

    private final String words;

    Mistake(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
