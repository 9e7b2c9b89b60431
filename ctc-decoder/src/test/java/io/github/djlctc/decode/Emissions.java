package io.github.djlctc.decode;

import io.github.djlctc.testing.NpzEmissions;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Emissions to decode: random, made up for a text, and real. */
final class Emissions {

    static final Path AN4 = Path.of("../../shared/data/an4");
    static final Path AN4_MODELS = Path.of("../../shared/fixtures/lm");

    /** An utterance of AN4. */
    static final class Utterance {

        private final String reference;
        private final float[] emissions;
        private final int frames;

        Utterance(String reference, float[] emissions, int frames) {
            this.reference = reference;
            this.emissions = emissions;
            this.frames = frames;
        }

        String reference() {
            return reference;
        }

        float[] emissions() {
            return emissions;
        }

        int frames() {
            return frames;
        }
    }

    private Emissions() {}

    /** Returns normally distributed logits; the larger the deviation, the surer the frames. */
    static float[] random(Random random, int frames, int classes, double deviation) {
        float[] emissions = new float[frames * classes];
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] = (float) (deviation * random.nextGaussian());
        }
        return emissions;
    }

    /** Returns a frame for each id, which wins by a margin. */
    static float[] of(int classes, double margin, int... ids) {
        float[] emissions = new float[ids.length * classes];
        for (int frame = 0; frame < ids.length; frame++) {
            emissions[frame * classes + ids[frame]] = (float) margin;
        }
        return emissions;
    }

    /** Returns noisy emissions in which each token of a text has two frames and a blank's one. */
    static float[] speech(Random random, Alphabet alphabet, String text, double noise) {
        int[] ids = alphabet.encode(text);
        int[] path = new int[3 * ids.length];
        for (int i = 0; i < ids.length; i++) {
            path[3 * i] = ids[i];
            path[3 * i + 1] = ids[i];
            path[3 * i + 2] = alphabet.blank();
        }
        float[] emissions = of(alphabet.size(), 6, path);
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] += (float) (noise * random.nextGaussian());
        }
        return emissions;
    }

    static void assumeAn4() {
        assumeTrue(Files.isDirectory(AN4), "no AN4 emissions at " + AN4.toAbsolutePath());
        assumeTrue(Files.isDirectory(AN4_MODELS), "no models at " + AN4_MODELS.toAbsolutePath());
    }

    static Alphabet an4Alphabet() throws IOException {
        return Alphabet.read(AN4.resolve("alphabet.txt"));
    }

    static List<Utterance> an4(String file) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        Map<String, NpzEmissions.Rows> arrays = NpzEmissions.read(AN4.resolve(file));
        for (String line : Files.readAllLines(AN4.resolve("dev.jsonl"))) {
            JsonObject utterance = JsonParser.parseString(line).getAsJsonObject();
            NpzEmissions.Rows rows = arrays.get(utterance.get("utt").getAsString());
            utterances.add(
                    new Utterance(
                            utterance.get("text").getAsString(), rows.values(), rows.frames()));
        }
        return utterances;
    }

    static float[] frames(float[] emissions, int classes, int from, int to) {
        return Arrays.copyOfRange(emissions, from * classes, to * classes);
    }
}
