package io.github.djlctc.examples.common.image;

import java.util.Optional;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Remembers a decoder's warning that it made up pixels for lost data, as the JPEG decoder does. */
final class DecodingWarnings implements IIOReadWarningListener {

    private Optional<String> damage = Optional.empty();

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        if (warning.contains("Premature end") || warning.contains("Corrupt JPEG data")) {
            damage = Optional.of(warning);
        }
    }

    /** {@return the warning, if there was one} */
    Optional<String> damage() {
        return damage;
    }
}
