package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Looks at what comes next in content, by which its format is known, and reads nothing. */
final class FirstBytes {

    private FirstBytes() {}

    /** Returns the next bytes of content that can be marked; fewer at its end. */
    static byte[] of(InputStream in, int most) throws IOException {
        in.mark(most);
        byte[] start = in.readNBytes(most);
        in.reset();
        return start;
    }

    /** Returns them as text, a character for each byte. */
    static String text(InputStream in, int most) throws IOException {
        return new String(of(in, most), StandardCharsets.ISO_8859_1);
    }
}
