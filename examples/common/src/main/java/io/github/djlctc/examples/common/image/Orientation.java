package io.github.djlctc.examples.common.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the rows of a file are to be turned to stand upright: the tag 274 of TIFF 6.0 and Exif, which
 * cameras and scanners set instead of turning the picture. The constants are in the order of its
 * values, from 1.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    TURNED_180(false, true, true),
    UPSIDE_DOWN_MIRRORED(false, false, true),
    TRANSPOSED(true, false, false),
    TO_TURN_RIGHT(true, false, true),
    TRANSPOSED_TURNED_180(true, true, true),
    TO_TURN_LEFT(true, true, false);

    /** Whether a row of the file is a column of the upright picture. */
    private final boolean swapped;

    /** Whether the rows of the file go from the right to the left of what they show. */
    private final boolean backward;

    /** Whether the first row of the file comes last. */
    private final boolean upward;

    Orientation(boolean swapped, boolean backward, boolean upward) {
        this.swapped = swapped;
        this.backward = backward;
        this.upward = upward;
    }

    /** Returns the orientation that a file gives; upright if it gives none, or no valid one. */
    static Orientation of(Path file) {
        try {
            return of(ImageMetadataReader.readMetadata(file.toFile()));
        } catch (ImageProcessingException | IOException e) {
            // The decoder of the pixels tells what is wrong with the file, if it matters.
            return UPRIGHT;
        }
    }

    /** Returns the orientation that the bytes of a file give. */
    static Orientation of(InputStream content) {
        try {
            return of(ImageMetadataReader.readMetadata(content));
        } catch (ImageProcessingException | IOException e) {
            return UPRIGHT;
        }
    }

    private static Orientation of(Metadata metadata) {
        return Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifIFD0Directory.class))
                .map(exif -> exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION))
                .filter(value -> value >= 1 && value <= values().length)
                .map(value -> values()[value - 1])
                .orElse(UPRIGHT);
    }

    /** Returns the width of the upright picture, given the size of the file's. */
    int width(int width, int height) {
        return swapped ? height : width;
    }

    /** Returns the height of the upright picture, given the size of the file's. */
    int height(int width, int height) {
        return swapped ? width : height;
    }

    /** Returns the upright picture. */
    ColorImage apply(ColorImage image) {
        return new ColorImage(apply(image.red()), apply(image.green()), apply(image.blue()));
    }

    /** Returns the upright picture. */
    GreyImage apply(GreyImage image) {
        if (this == UPRIGHT) {
            return image;
        }
        int fileWidth = image.width();
        int fileHeight = image.height();
        int width = width(fileWidth, fileHeight);
        int height = height(fileWidth, fileHeight);
        byte[] pixels = image.pixels();
        byte[] turned = new byte[pixels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swapped ? y : x;
                int row = swapped ? x : y;
                column = backward ? fileWidth - 1 - column : column;
                row = upward ? fileHeight - 1 - row : row;
                turned[y * width + x] = pixels[row * fileWidth + column];
            }
        }
        return new GreyImage(turned, width, height);
    }
}
