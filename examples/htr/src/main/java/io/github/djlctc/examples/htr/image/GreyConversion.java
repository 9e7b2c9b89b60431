package io.github.djlctc.examples.htr.image;

import io.github.djlctc.examples.htr.image.ImageFormatException.Problem;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * From a decoded picture to shades of grey.
 *
 * <p>Grey samples are taken as they are, since AWT would convert them from a linear scale and
 * brighten them. Colours are weighted by the luma of ITU-R BT.601.
 */
final class GreyConversion {

    private static final int WHITE = 255;

    private GreyConversion() {}

    static GreyImage of(BufferedImage image, Path file) throws ImageFormatException {
        ColorModel model = image.getColorModel();
        int type = image.getRaster().getTransferType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            throw new ImageFormatException(
                    file.toString(),
                    Problem.UNSUPPORTED,
                    "its samples are floating point numbers; convert it to 8 or 16 bits");
        }
        boolean grey =
                model instanceof ComponentColorModel
                        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        byte[] pixels = grey ? fromSamples(image, model) : fromColours(image);
        return new GreyImage(pixels, image.getWidth(), image.getHeight());
    }

    private static byte[] fromSamples(BufferedImage image, ColorModel model) {
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
        return pixels;
    }

    private static byte[] fromColours(BufferedImage image) {
        int width = image.getWidth();
        byte[] pixels = new byte[width * image.getHeight()];
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int colour = row[x];
                int red = colour >> 16 & 0xFF;
                int green = colour >> 8 & 0xFF;
                int blue = colour & 0xFF;
                int luma = (299 * red + 587 * green + 114 * blue + 500) / 1000;
                pixels[y * width + x] = (byte) onWhite(luma, (colour >>> 24) / 255.0);
            }
        }
        return pixels;
    }

    private static int onWhite(int grey, double opacity) {
        return (int) Math.round(opacity * grey + (1 - opacity) * WHITE);
    }
}
