package io.github.djlctc.examples.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Emission files of a model that spells {@code a}, {@code b} and spaces, one letter a frame. */
final class TinyModel {

    static final List<String> TOKENS = List.of("<blank>", "<space>", "a", "b");

    /** How much likelier the letter of a frame is than each of the others. */
    private static final float LEAD = 4;

    private final Path folder;
    private final Map<String, byte[]> arrays = new LinkedHashMap<>();
    private final StringBuilder references = new StringBuilder();

    TinyModel(Path folder) {
        this.folder = folder;
    }

    /**
     * Adds an utterance.
     *
     * @param path the likeliest class of each frame: {@code -} the blank, {@code _} a space
     */
    TinyModel utterance(String id, String path) {
        float[] emissions = new float[path.length() * TOKENS.size()];
        for (int frame = 0; frame < path.length(); frame++) {
            emissions[frame * TOKENS.size() + "-_ab".indexOf(path.charAt(frame))] = LEAD;
        }
        return array(id, npy("<f4", List.of(path.length(), TOKENS.size()), emissions));
    }

    TinyModel array(String id, byte[] npy) {
        arrays.put(id, npy);
        return this;
    }

    TinyModel reference(String id, String text) {
        references.append("{\"utt\": \"%s\", \"text\": \"%s\"}%n".formatted(id, text));
        return this;
    }

    Path alphabet() throws IOException {
        return Files.write(folder.resolve("alphabet.txt"), TOKENS);
    }

    Path references() throws IOException {
        return Files.writeString(folder.resolve("refs.jsonl"), references);
    }

    Path archive() throws IOException {
        Path file = folder.resolve("emissions.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    Path arrayFolder() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("emissions"));
        for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
            Files.write(inside.resolve(array.getKey() + ".npy"), array.getValue());
        }
        return inside;
    }

    /** Returns the arguments that name the emissions and the alphabet. */
    List<Object> arguments(String command) throws IOException {
        return List.of(command, "--emissions", archive(), "--alphabet", alphabet());
    }

    static byte[] npy(String type, List<Integer> shape, float... values) {
        String lengths = shape.toString().replace("[", "(").replace("]", ",)");
        String header =
                "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, lengths);
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        boolean wide = type.endsWith("8");
        ByteBuffer buffer =
                ByteBuffer.allocate(10 + text.length + values.length * (wide ? 8 : 4))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                        .putShort((short) text.length)
                        .put(text);
        for (float value : values) {
            if (wide) {
                buffer.putDouble(value);
            } else {
                buffer.putFloat(value);
            }
        }
        return buffer.array();
    }
}
