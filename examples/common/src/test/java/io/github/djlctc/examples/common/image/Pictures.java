package io.github.djlctc.examples.common.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

/** Pictures to test with: dark bars on bright paper. */
public final class Pictures {

    /** Of 96 x 32 pixels, made with Pillow 12 (lossless) for this test. */
    private static final String WEBP =
            "UklGRiwAAABXRUJQVlA4TB8AAAAvX8AHAA9wJu4zcZ+Je/7jAWIaQgP9O5s7ov9J3n3yAA==";

    /** The same, lossy. */
    private static final String LOSSY_WEBP =
            "UklGRooAAABXRUJQVlA4IH4AAACQCQCdASpgACAAPrVCrVanIqSkkVDgFolpABbW/gD+AfgB+kviB/APwA/Y67/Q"
                    + "RVvosxMqYuFVoIR1+k0ohj8orzbyYPpNQANboJeYzGjHm5ozNWkIAP7qsL//3lz/77K3//fIN3eMAebMqo1Y"
                    + "4ko7Dl3poQA6OOUAz3AAAAA=";

    public static final int PAPER = 220;
    public static final int INK = 40;

    private Pictures() {}

    /** Returns whether there is ink: bars 4 pixels wide, 8 pixels apart, in the middle half. */
    public static boolean isInk(int x, int y, int height) {
        return x % 8 < 4 && y >= height / 4 && y < 3 * height / 4;
    }

    public static GreyImage grey(int width, int height, int paper, int ink) {
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (isInk(i % width, i / width, height) ? ink : paper);
        }
        return new GreyImage(pixels, width, height);
    }

    /** Returns the picture as AWT's type has it. */
    public static BufferedImage ofType(int type, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, type);
        boolean wide = type == BufferedImage.TYPE_USHORT_GRAY;
        boolean samples = wide || type == BufferedImage.TYPE_BYTE_GRAY;
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int shade = isInk(x, y, height) ? INK : PAPER;
                if (samples) {
                    raster.setSample(x, y, 0, wide ? shade * 257 : shade);
                } else {
                    image.setRGB(x, y, 0xFF000000 | shade << 16 | shade << 8 | shade);
                }
            }
        }
        return image;
    }

    public static Path write(BufferedImage image, String format, Path file) throws IOException {
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("no writer of " + format + " for " + image);
        }
        return file;
    }

    public static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer of " + format + " for " + image);
        }
        return out.toByteArray();
    }

    /** Returns a lossless WebP file of the bars, 96 x 32 pixels. */
    public static byte[] webP() {
        return Base64.getDecoder().decode(WEBP);
    }

    /** Returns a lossy WebP file of the bars, 96 x 32 pixels. */
    public static byte[] lossyWebP() {
        return Base64.getDecoder().decode(LOSSY_WEBP);
    }

    /** Writes a PNG of 8-bit grey that promises a size and has no pixels. */
    public static Path writePngHeader(int width, int height, Path file) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(header)) {
            out.write("IHDR".getBytes(StandardCharsets.US_ASCII));
            out.writeInt(width);
            out.writeInt(height);
            out.write(new byte[] {8, 0, 0, 0, 0});
        }
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(png)) {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            out.writeInt(header.size() - 4);
            out.write(header.toByteArray());
            out.writeInt((int) crc.getValue());
        }
        return Files.write(file, png.toByteArray());
    }
}
