package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.htr.image.LineImage;

import java.util.List;
import java.util.random.RandomGenerator;

/** A random change to the image of a line that leaves its text as it is. */
@FunctionalInterface
public interface LineAugmentation {

    /**
     * Returns a changed copy of an image.
     *
     * @param image the line; not changed
     * @param random the source of all randomness
     * @return the changed line, of the same height, or the given one where there is nothing to
     *     change
     */
    LineImage apply(LineImage image, RandomGenerator random);

    /**
     * Returns the augmentation that applies others one after the other.
     *
     * @param steps the augmentations, in the order of application
     * @return their composition; the identity if there are none
     */
    static LineAugmentation sequence(List<LineAugmentation> steps) {
        List<LineAugmentation> copy = List.copyOf(steps);
        return (image, random) -> {
            LineImage result = image;
            for (LineAugmentation step : copy) {
                result = step.apply(result, random);
            }
            return result;
        };
    }

    /**
     * Returns what suits handwriting: a {@link Warp} as its builder has it, stroke width from -0.4
     * to 0.7, blur of up to 0.7 pixels and contrast with gains from 0.6 to 1.2.
     *
     * @return the augmentation
     */
    static LineAugmentation handwriting() {
        return sequence(
                List.of(
                        Warp.builder().build(),
                        new StrokeWidth(new UniformRange(-0.4, 0.7)),
                        new Blur(new UniformRange(0, 0.7)),
                        new Contrast(new UniformRange(0.6, 1.2), new UniformRange(0.7, 1.4))));
    }
}
