package io.github.djlctc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Arrays of float32 in row-major order out of a file of NumPy, without any engine. */
public final class NpzEmissions {

    private static final Pattern HEADER =
            Pattern.compile(
                    "'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\)");
    private static final int PREFIX = 10;

    private NpzEmissions() {}

    /**
     * The emissions of an utterance.
     *
     * @param values row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    public record Rows(float[] values, int frames) {}

    /** Reads all arrays by their names. */
    public static Map<String, Rows> read(Path file) throws IOException {
        Map<String, Rows> arrays = new HashMap<>();
        try (InputStream stream = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().replaceAll("\\.npy$", "");
                arrays.put(name, rows(name, zip.readAllBytes()));
            }
        }
        return arrays;
    }

    private static Rows rows(String name, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getShort(PREFIX - 2);
        String header = new String(bytes, PREFIX, length, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException(name + " has the header " + header);
        }
        int frames = Integer.parseInt(matcher.group(1));
        float[] values = new float[frames * Integer.parseInt(matcher.group(2))];
        buffer.position(PREFIX + length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Rows(values, frames);
    }
}
