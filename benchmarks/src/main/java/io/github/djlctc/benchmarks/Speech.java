package io.github.djlctc.benchmarks;

import io.github.djlctc.numpy.NpzArchive;
import io.github.djlctc.text.Alphabet;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The utterances that the benchmarks of decoding and alignment work on. */
@State(Scope.Benchmark)
public class Speech {

    private static final int UTTERANCES = 65;

    /**
     * {@code clear} or {@code noisy} for synthetic emissions, or an {@code .npz} file with an array
     * of shape (frames, C) for each utterance, beside which {@code alphabet.txt} stands.
     */
    @Param({"clear", "noisy"})
    String emissions;

    private Alphabet alphabet;
    private List<float[]> utterances;

    /**
     * Makes or reads the utterances.
     *
     * @throws IOException if the files cannot be read
     */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        switch (emissions) {
            case "clear" -> synthesize(2);
            case "noisy" -> synthesize(2.75);
            default -> read(Path.of(emissions));
        }
    }

    private void synthesize(double noise) {
        alphabet = Alphabet.ofCharacters(" abcdefghijklmnopqrstuvwxyz");
        SpeechLikeEmissions model = new SpeechLikeEmissions(alphabet, noise);
        utterances = new ArrayList<>();
        for (String sentence : new SyntheticText().sentences(UTTERANCES, 3)) {
            utterances.add(model.of(sentence, utterances.size()));
        }
    }

    private void read(Path file) throws IOException {
        alphabet = Alphabet.read(file.resolveSibling("alphabet.txt"));
        utterances = new ArrayList<>();
        try (NpzArchive archive = NpzArchive.open(file)) {
            for (String name : archive.names()) {
                utterances.add(archive.read(name).floats());
            }
        }
    }

    Alphabet alphabet() {
        return alphabet;
    }

    /** Returns emissions of shape (frames, C), row by row. */
    List<float[]> utterances() {
        return utterances;
    }

    int frames(float[] utterance) {
        return utterance.length / alphabet.size();
    }

    /** Returns a stretch of speech: the utterances one after the other, again and again. */
    float[] stretch(int frames) {
        float[] stretch = new float[frames * alphabet.size()];
        for (int at = 0, i = 0; at < stretch.length; i++) {
            float[] utterance = utterances.get(i % utterances.size());
            int length = Math.min(utterance.length, stretch.length - at);
            System.arraycopy(utterance, 0, stretch, at, length);
            at += length;
        }
        return stretch;
    }
}
