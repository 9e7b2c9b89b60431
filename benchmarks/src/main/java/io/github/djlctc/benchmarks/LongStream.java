package io.github.djlctc.benchmarks;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.DecodeStream;
import io.github.djlctc.examples.common.command.ProgramOutput;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Decodes hours of noisy emissions, 50 frames a second, in one stream, and prints what the stream
 * takes: memory after garbage collection, and the time of a call for the partial result.
 */
public final class LongStream {

    private static final int FRAMES_A_SECOND = 50;
    private static final int CHUNK = 25;
    private static final int UTTERANCES = 200;
    private static final int CALLS = 40;

    private final Alphabet alphabet = Alphabet.ofCharacters(" abcdefghijklmnopqrstuvwxyz");
    private final DecodeStream stream =
            BeamSearchDecoder.builder().setAlphabet(alphabet).build().openStream();
    private final List<float[]> utterances = new ArrayList<>();
    private final Random random = new Random(1);
    private final boolean takes;
    private long frames;
    private long characters;

    private LongStream(boolean takes) {
        this.takes = takes;
        SpeechLikeEmissions model = new SpeechLikeEmissions(alphabet, 2.75);
        List<String> sentences = new SyntheticText().sentences(UTTERANCES, 3);
        for (int i = 0; i < UTTERANCES; i++) {
            utterances.add(model.of(sentences.get(i) + " ", i));
        }
    }

    /**
     * Runs.
     *
     * @param arguments the hours; {@code take} to take stable text out of the stream, {@code keep}
     *     to leave all in it until the end
     */
    public static void main(String[] arguments) {
        ProgramOutput.guard();
        if (arguments.length != 2 || !List.of("take", "keep").contains(arguments[1])) {
            throw new IllegalArgumentException("give the hours, and take or keep");
        }
        new LongStream(arguments[1].equals("take")).run(Integer.parseInt(arguments[0]));
    }

    private void run(int hours) {
        for (int hour = 1; hour <= hours; hour++) {
            while (frames < 3600L * FRAMES_A_SECOND * hour) {
                accept(utterances.get(random.nextInt(UTTERANCES)));
            }
            if (Integer.bitCount(hour) == 1 || hour == hours) {
                print(hour);
            }
        }
        characters += stream.finish().best().text().length();
        System.out.printf("%d characters%n", characters);
    }

    private void accept(float[] emissions) {
        int classes = alphabet.size();
        int count = emissions.length / classes;
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            stream.accept(Arrays.copyOfRange(emissions, from * classes, to * classes), to - from);
            if (takes) {
                characters += stream.takeStable().text().length();
            }
        }
        frames += count;
    }

    private void print(int hour) {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        double megabytes = (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
        System.out.printf(
                "%2d h: heap %.1f MB, partial result %.3f ms%n", hour, megabytes, callMillis());
    }

    private double callMillis() {
        double[] millis = new double[CALLS];
        for (int call = 0; call < CALLS; call++) {
            accept(Arrays.copyOf(utterances.get(call), 5 * alphabet.size()));
            long start = System.nanoTime();
            int length = stream.partialResult().text().length();
            millis[call] = (System.nanoTime() - start) / 1e6;
            if (length < 0) {
                throw new IllegalStateException();
            }
        }
        Arrays.sort(millis);
        return millis[CALLS / 2];
    }
}
