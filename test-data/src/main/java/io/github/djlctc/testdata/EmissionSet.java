package io.github.djlctc.testdata;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Emissions of a trained model, with what was said. */
public final class EmissionSet {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\)");

    /** Offset of the header in the first version of NumPy's format. */
    private static final int HEADER = 10;

    private EmissionSet() {}

    /**
     * Reads the emissions of this project's own model for 20 synthetic utterances.
     *
     * @param model {@code "strong"}, the trained model, or {@code "weak"}, the same in an early
     *     epoch
     * @return the utterances
     * @throws IOException if a file cannot be read
     */
    public static List<RecordedUtterance> own(String model) throws IOException {
        return read(
                TestData.own("emissions/" + model + ".npz"),
                TestData.own("emissions/references.jsonl"));
    }

    /**
     * Returns the training transcripts of that model: sentences like those of the emissions, but
     * none of them.
     *
     * @return a file with a sentence a line
     */
    public static Path ownSentences() {
        return TestData.own("emissions/sentences.txt");
    }

    /**
     * Returns the alphabet of this project's own emissions.
     *
     * @return a file with a token a line
     */
    public static Path ownAlphabet() {
        return TestData.own("emissions/alphabet.txt");
    }

    /**
     * Reads emissions.
     *
     * @param npz arrays of float32 (frames, classes), named by utterance
     * @param references JSON lines with {@code utt} and {@code text}
     * @return the utterances, in the order of the references
     * @throws IOException if a file cannot be read
     */
    public static List<RecordedUtterance> read(Path npz, Path references) throws IOException {
        List<RecordedUtterance> utterances = new ArrayList<>();
        try (ZipFile archive = new ZipFile(npz.toFile())) {
            for (String line : Files.readAllLines(references)) {
                JsonObject reference = JsonParser.parseString(line).getAsJsonObject();
                String id = reference.get("utt").getAsString();
                ZipEntry entry = archive.getEntry(id + ".npy");
                byte[] array = archive.getInputStream(entry).readAllBytes();
                utterances.add(utterance(id, reference.get("text").getAsString(), array));
            }
        }
        return utterances;
    }

    private static RecordedUtterance utterance(String id, String reference, byte[] array)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        int start = HEADER + bytes.getShort(HEADER - 2);
        String header = new String(array, HEADER, start - HEADER, StandardCharsets.US_ASCII);
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find()) {
            throw new IOException(id + ": not float32 of two dimensions: " + header);
        }
        int frames = Integer.parseInt(shape.group(1));
        float[] emissions = new float[frames * Integer.parseInt(shape.group(2))];
        bytes.position(start);
        bytes.asFloatBuffer().get(emissions);
        return new RecordedUtterance(id, reference, emissions, frames);
    }
}
