package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes utterances of features as a manifest and its archive. */
final class FeatureManifest {

    private FeatureManifest() {}

    /** Writes {@code split.jsonl} and {@code split.npz}. */
    static void write(Path folder, String split, List<Utterance> utterances) throws IOException {
        StringBuilder lines = new StringBuilder();
        Path archive = folder.resolve(split + ".npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Utterance utterance : utterances) {
                lines.append(
                        "{\"utt\": \"%s\", \"text\": \"%s\"}\n"
                                .formatted(utterance.id(), utterance.text()));
                zip.putNextEntry(new ZipEntry(utterance.id() + ".npy"));
                zip.write(numpy((FeatureMatrix) utterance.source().read()));
                zip.closeEntry();
            }
        }
        Files.writeString(folder.resolve(split + ".jsonl"), lines.toString());
    }

    private static byte[] numpy(FeatureMatrix matrix) {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n"
                        .formatted(matrix.frames(), matrix.dimensions());
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + 4 * matrix.values().length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (float value : matrix.values()) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
