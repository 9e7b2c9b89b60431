package io.github.djlctc.align;

/** No path through the emissions spells the text. */
public final class UnalignableTextException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private UnalignableTextException(String message) {
        super(message);
    }

    static UnalignableTextException tooFewFrames(int frames, int tokens, int repeats) {
        return new UnalignableTextException(
                "the text needs at least "
                        + ((long) tokens + repeats)
                        + " frames, one for each of its "
                        + tokens
                        + " tokens and one for the blank between each of its "
                        + repeats
                        + " pairs of equal tokens in a row, but the emissions have "
                        + frames
                        + "; check that text and audio belong together, or use a model that"
                        + " shortens the audio less, or longer tokens");
    }

    static UnalignableTextException impossible() {
        return new UnalignableTextException(
                "every path of the text has probability 0, since classes that it needs have the"
                        + " score -infinity; give masked classes a low finite score instead");
    }
}
