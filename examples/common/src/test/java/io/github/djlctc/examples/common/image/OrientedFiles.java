package io.github.djlctc.examples.common.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Image files with the tag 274 of TIFF and Exif, which says how the picture is turned. */
final class OrientedFiles {

    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    /**
     * The bars of {@link Pictures}, 96 x 32 pixels, stored turned to the left, with the orientation
     * 6; made with Pillow 12 for this test.
     */
    private static final String WEBP =
            "UklGRmYAAABXRUJQVlA4WAoAAAAIAAAAHwAAXwAAVlA4TCUAAAAvH8AXAA9wJu4zcZ+Je/7jAUICwv/ToipG9F9A"
                    + "UOSAHXQa9n4BAEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=";

    private OrientedFiles() {}

    static byte[] webP() {
        return Base64.getDecoder().decode(WEBP);
    }

    /** Returns a JPEG file with a segment APP1 of Exif behind its first two bytes. */
    static byte[] jpeg(BufferedImage image, int orientation) throws IOException {
        byte[] jpeg = Pictures.bytes(image, "jpeg");
        ByteArrayOutputStream tiff = new ByteArrayOutputStream();
        DataOutputStream exif = new DataOutputStream(tiff);
        exif.write("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII));
        exif.writeInt(8);
        exif.writeShort(1);
        writeEntry(exif, ORIENTATION, SHORT, orientation << 16);
        exif.writeInt(0);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(jpeg, 0, 2);
        out.writeShort(0xFFE1);
        out.writeShort(2 + tiff.size());
        out.write(tiff.toByteArray());
        out.write(Arrays.copyOfRange(jpeg, 2, jpeg.length));
        return file.toByteArray();
    }

    /** Returns a TIFF file of 8-bit grey, not compressed. */
    static byte[] tiff(GreyImage image, int orientation) throws IOException {
        int[][] entries = {
            {256, LONG, image.width()},
            {257, LONG, image.height()},
            {258, SHORT, 8 << 16},
            {259, SHORT, 1 << 16},
            {262, SHORT, 1 << 16},
            {273, LONG, 8},
            {ORIENTATION, SHORT, orientation << 16},
            {277, SHORT, 1 << 16},
            {278, LONG, image.height()},
            {279, LONG, image.pixels().length},
        };
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write("MM\0*".getBytes(StandardCharsets.US_ASCII));
        out.writeInt(8 + image.pixels().length);
        out.write(image.pixels());
        out.writeShort(entries.length);
        for (int[] entry : entries) {
            writeEntry(out, entry[0], entry[1], entry[2]);
        }
        out.writeInt(0);
        return file.toByteArray();
    }

    private static void writeEntry(DataOutputStream out, int tag, int type, int value)
            throws IOException {
        out.writeShort(tag);
        out.writeShort(type);
        out.writeInt(1);
        out.writeInt(value);
    }
}
