package io.github.djlctc.examples.speech.serve;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import org.eclipse.jetty.http.BadMessageException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The sound file of a request, in a file of the server's own that is deleted with this. Names that
 * a client gives are not used.
 *
 * @param file the content
 * @param hotwords phrases to favour, as the form has them
 */
record UploadedSound(Path file, List<String> hotwords) implements AutoCloseable {

    private static final String FORM = "multipart/form-data";
    private static final String SOUND_FIELD = "file";
    private static final String HOTWORDS_FIELD = "hotwords";
    private static final int MOST_HOTWORD_BYTES = 16 << 10;
    private static final int FORM_EXTRA_BYTES = 64 << 10;
    private static final int MOST_PARTS = 1000;
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Receives the file of a request.
     *
     * @param request with the file as its body, or with a form
     * @param folder where it is kept; only the server may read there
     * @param mostBytes how large it may be
     * @throws Refusal if it is too large, or of another type
     */
    static UploadedSound receive(HttpServletRequest request, Path folder, long mostBytes)
            throws IOException {
        String type = request.getContentType() == null ? "" : request.getContentType();
        String kind = type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (request.getContentLengthLong() > mostBytes + FORM_EXTRA_BYTES) {
            throw tooLarge(mostBytes);
        }
        if (kind.equals(FORM)) {
            return receiveForm(request, folder, mostBytes);
        }
        if (!isSound(kind)) {
            throw Refusal.wrongType(
                    "\"%s\" is no type of sound: send audio/*, application/octet-stream or %s"
                            .formatted(kind, FORM));
        }
        try (InputStream in = request.getInputStream()) {
            return new UploadedSound(save(in, folder, mostBytes), List.of());
        }
    }

    private static boolean isSound(String kind) {
        return kind.isEmpty()
                || kind.startsWith("audio/")
                || kind.startsWith("video/")
                || kind.equals("application/octet-stream")
                || kind.equals("application/ogg");
    }

    private static UploadedSound receiveForm(
            HttpServletRequest request, Path folder, long mostBytes) throws IOException {
        request.setAttribute(
                "org.eclipse.jetty.multipartConfig",
                new MultipartConfigElement(
                        folder.toString(), mostBytes, mostBytes + FORM_EXTRA_BYTES, BUFFER_BYTES));
        try {
            Collection<Part> parts = parts(request);
            Part sound = request.getPart(SOUND_FIELD);
            if (sound == null) {
                throw Refusal.badRequest("the form has no field \"" + SOUND_FIELD + "\"");
            }
            List<String> hotwords = new ArrayList<>();
            for (Part part : parts) {
                if (part.getName().equals(HOTWORDS_FIELD)) {
                    hotwords.addAll(lines(part));
                }
            }
            try (InputStream in = sound.getInputStream()) {
                return new UploadedSound(save(in, folder, mostBytes), hotwords);
            } finally {
                for (Part part : parts) {
                    part.delete();
                }
            }
        } catch (ServletException e) {
            throw Refusal.badRequest("the form cannot be read: " + e.getMessage());
        } catch (IllegalStateException e) {
            // So Jetty reports that a limit is passed.
            throw Refusal.tooLarge(
                    "a form may have a file of %d bytes, %d bytes of other fields, and %d parts"
                            .formatted(mostBytes, FORM_EXTRA_BYTES, MOST_PARTS));
        }
    }

    private static Collection<Part> parts(HttpServletRequest request) throws ServletException {
        try {
            return request.getParts();
        } catch (IOException | BadMessageException e) {
            throw Refusal.badRequest(
                    "the form cannot be read (%s); send multipart/form-data with a boundary, whole"
                            .formatted(e.getMessage()));
        }
    }

    private static List<String> lines(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_HOTWORD_BYTES + 1);
            if (bytes.length > MOST_HOTWORD_BYTES) {
                throw Refusal.badRequest(
                        "the hotwords are longer than " + MOST_HOTWORD_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Path save(InputStream in, Path folder, long mostBytes) throws IOException {
        Path file = Files.createTempFile(folder, "sound", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            for (int read = receive(in, buffer); read >= 0; read = receive(in, buffer)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw tooLarge(mostBytes);
                }
                out.write(buffer, 0, read);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Tells the sender's failures from those of this server's disk. */
    private static int receive(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException | BadMessageException e) {
            throw Refusal.notWhole("sound", e);
        }
    }

    private static Refusal tooLarge(long mostBytes) {
        return Refusal.tooLarge("a file may have " + mostBytes + " bytes");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
