package io.github.djlctc.examples.common.image;

import io.github.djlctc.examples.common.image.ImageFormatException.Problem;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/**
 * From a decoded picture to shades, of grey or of the three primaries.
 *
 * <p>Grey samples are taken as they are, since AWT would convert them from a linear scale and
 * brighten them. To grey, colours are weighted by the luma of ITU-R BT.601.
 */
final class ShadeConversion {

    private static final int WHITE = 255;

    private ShadeConversion() {}

    static GreyImage toGrey(BufferedImage image, Path file) throws ImageFormatException {
        checkSamples(image, file);
        return isGrey(image) ? fromSamples(image) : fromColours(image, ShadeConversion::luma);
    }

    static ColorImage toColor(BufferedImage image, Path file) throws ImageFormatException {
        checkSamples(image, file);
        if (isGrey(image)) {
            GreyImage grey = fromSamples(image);
            return new ColorImage(grey, grey, grey);
        }
        return new ColorImage(
                fromColours(image, ShadeConversion::red),
                fromColours(image, ShadeConversion::green),
                fromColours(image, ShadeConversion::blue));
    }

    private static void checkSamples(BufferedImage image, Path file) throws ImageFormatException {
        int type = image.getRaster().getTransferType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            throw new ImageFormatException(
                    file.toString(),
                    Problem.UNSUPPORTED,
                    "its samples are floating point numbers; convert it to 8 or 16 bits");
        }
    }

    private static boolean isGrey(BufferedImage image) {
        ColorModel model = image.getColorModel();
        return model instanceof ComponentColorModel
                && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private static GreyImage fromSamples(BufferedImage image) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        int width = image.getWidth();
        byte[] pixels = new byte[width * image.getHeight()];
        int largest = (1 << model.getComponentSize(0)) - 1;
        int opaque = model.hasAlpha() ? (1 << model.getComponentSize(1)) - 1 : 1;
        int[] greys = new int[width];
        int[] alphas = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, greys);
            if (model.hasAlpha()) {
                raster.getSamples(0, y, width, 1, 1, alphas);
            }
            for (int x = 0; x < width; x++) {
                int grey = (int) ((long) greys[x] * WHITE / largest);
                if (model.hasAlpha()) {
                    grey = onWhite(grey, alphas[x] / (double) opaque);
                }
                pixels[y * width + x] = (byte) grey;
            }
        }
        return new GreyImage(pixels, width, image.getHeight());
    }

    /** Converts colours; the shade is that of a colour as AWT packs it, whatever its opacity. */
    private static GreyImage fromColours(BufferedImage image, IntUnaryOperator shade) {
        int width = image.getWidth();
        byte[] pixels = new byte[width * image.getHeight()];
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int colour = row[x];
                pixels[y * width + x] =
                        (byte) onWhite(shade.applyAsInt(colour), (colour >>> 24) / 255.0);
            }
        }
        return new GreyImage(pixels, width, image.getHeight());
    }

    private static int luma(int colour) {
        return (299 * red(colour) + 587 * green(colour) + 114 * blue(colour) + 500) / 1000;
    }

    private static int red(int colour) {
        return colour >> 16 & 0xFF;
    }

    private static int green(int colour) {
        return colour >> 8 & 0xFF;
    }

    private static int blue(int colour) {
        return colour & 0xFF;
    }

    private static int onWhite(int shade, double opacity) {
        return (int) Math.round(opacity * shade + (1 - opacity) * WHITE);
    }
}
