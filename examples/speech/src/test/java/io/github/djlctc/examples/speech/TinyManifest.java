package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.train.TinyCorpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The tiny corpus as manifests and archives of features. */
final class TinyManifest {

    private TinyManifest() {}

    /** Writes all splits; returns the options that read them. */
    static List<String> write(Path folder) throws IOException {
        Corpus<Utterance> corpus = TinyCorpus.corpus();
        write(folder, "train", corpus.train());
        write(folder, "validation", corpus.validation());
        write(folder, "test", corpus.test());
        List<String> options = new ArrayList<>(List.of("--data=manifest"));
        for (String split : List.of("train", "validation", "test")) {
            options.add("--" + split + "=" + folder.resolve(split + ".jsonl"));
            options.add("--" + split + "-features=" + folder.resolve(split + ".npz"));
        }
        return options;
    }

    /** Writes one split. */
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
