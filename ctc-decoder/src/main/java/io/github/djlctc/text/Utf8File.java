package io.github.djlctc.text;

import io.github.djlctc.file.InputFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small text files strictly. */
final class Utf8File {

    /** Far above the size of any vocabulary, so a larger file is not one. */
    private static final int MAX_BYTES = 64 << 20;

    private Utf8File() {}

    /**
     * Reads a whole file.
     *
     * @return its text without a byte order mark
     * @throws AlphabetFormatException if it is too large or not UTF-8
     */
    static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw tooLarge(file);
        }
        byte[] bytes;
        try (InputStream stream = InputFile.open(file)) {
            // The size of pipes and devices is unknown.
            bytes = stream.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(file);
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(input, output, true);
        if (result.isError()) {
            throw new AlphabetFormatException(
                    file,
                    "line " + line(bytes, input.position()) + " is not UTF-8",
                    "save the file in that encoding");
        }
        String text = output.flip().toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static AlphabetFormatException tooLarge(Path file) {
        return new AlphabetFormatException(
                file, "it is larger than 64 MiB", "name a file that holds only the vocabulary");
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
