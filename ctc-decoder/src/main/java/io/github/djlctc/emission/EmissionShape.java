package io.github.djlctc.emission;

import java.util.Optional;

/** Says why emissions cannot be of an alphabet, and what was probably meant. */
public final class EmissionShape {

    private EmissionShape() {}

    /**
     * Compares the shape of a sample with the size of an alphabet.
     *
     * @param frames the first dimension, T
     * @param classes the second dimension, C
     * @param tokens the size of the alphabet, the blank included
     * @return what is wrong and its remedy, without a full stop; nothing if C is the alphabet's
     *     size
     */
    public static Optional<String> mismatch(long frames, long classes, int tokens) {
        if (classes == tokens) {
            return Optional.empty();
        }
        if (frames == tokens) {
            return Optional.of(
                    "there are %d frames of %d classes, and the alphabet has %d tokens: these seem to be (classes, frames); transpose the array"
                            .formatted(frames, classes, tokens));
        }
        return Optional.of(
                "each frame has %d classes, but the alphabet has %d tokens, the blank included; %s"
                        .formatted(classes, tokens, remedy(classes - tokens)));
    }

    private static String remedy(long more) {
        String trained = "use the alphabet that the model was trained with";
        if (more == -1) {
            return "if the array has the labels without the blank, write it with the scores of the"
                    + " blank, else "
                    + trained;
        }
        if (more == 1) {
            return "if the alphabet lacks the blank, or another special token of the model, add it"
                    + " in its place, else "
                    + trained;
        }
        return trained;
    }
}
