package io.github.djlctc.loss;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes the cases of ctc_reference.json: random logits, with losses and gradients by {@link
 * PreciseForwardBackward}. Its main writes them to the file of the first argument.
 */
final class ReferenceGenerator {

    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private final Random random = new Random(15);
    private final List<ReferenceCase> cases = new ArrayList<>();

    private ReferenceGenerator() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), json());
    }

    /** Returns the content of the file, a case a line. */
    static String json() {
        List<String> lines = cases().stream().map(GSON::toJson).toList();
        return "{\"cases\": [\n" + String.join(",\n", lines) + "\n]}\n";
    }

    static List<ReferenceCase> cases() {
        ReferenceGenerator generator = new ReferenceGenerator();
        generator.addRandom();
        generator.addRepeats();
        generator.addInfeasible();
        generator.addShort();
        generator.addExtreme();
        return generator.cases;
    }

    private void addRandom() {
        random("random-smallest", 0, 1, 4, 3);
        random("random-two", 0, 2, 11, 5);
        random("random-three", 0, 3, 18, 8);
        random("random-letters", 0, 4, 25, 28);
        random("random-blank-last", 5, 3, 14, 6);
        random("random-blank-inside", 2, 3, 14, 6);
        random("random-long", 0, 2, 40, 3);
        random("random-many-classes", 35, 2, 7, 36);
        random("random-five", 0, 5, 22, 10);
    }

    private void addRepeats() {
        add("repeated-labels", 0, logits(2, 13, 4, 1), targets("33322", "1111"), 13, 11);
        add("tight-with-repeats", 0, logits(2, 7, 4, 1), targets("22113", "32132"), 7, 5);
    }

    private void addInfeasible() {
        add("infeasible-second", 0, logits(3, 6, 5, 1), targets("21", "3333", "4"), 6, 6, 6);
        add("all-infeasible", 0, logits(2, 3, 5, 1), targets("4321", "11"), 3, 2);
    }

    private void addShort() {
        add("empty-target", 0, logits(2, 6, 4, 1), targets("", "31"), 6, 5);
        add("only-empty", 0, logits(1, 4, 3, 1), new long[][] {{-1}}, 4);
        add("one-frame", 0, logits(2, 1, 4, 1), targets("3", ""), 1, 1);
    }

    private void addExtreme() {
        add("confident-wrong", 0, logits(1, 9, 4, 80), targets("132"), 9);
        double[][][] blanks = logits(2, 10, 5, 1);
        forEachFrame(blanks, frame -> frame[0] += 75);
        add("almost-all-blank", 0, blanks, targets("321", "4"), 10, 10);
        double[][][] shifted = logits(2, 9, 5, 1);
        forEachFrame(shifted, frame -> Arrays.setAll(frame, c -> frame[c] + 10_000));
        add("large-offset", 0, shifted, targets("12", "44"), 9, 8);
    }

    private interface FrameChange {
        void apply(double[] frame);
    }

    private static void forEachFrame(double[][][] logits, FrameChange change) {
        Arrays.stream(logits).flatMap(Arrays::stream).forEach(change::apply);
    }

    /** Adds a case of random lengths, of which the first is the longest, with random targets. */
    private void random(String name, int blank, int samples, int frames, int classes) {
        long[][] targets = new long[samples][];
        long[] lengths = new long[samples];
        for (int n = 0; n < samples; n++) {
            lengths[n] = n == 0 ? frames : frames - random.nextInt(1 + frames / 3);
            targets[n] =
                    random.ints(1 + random.nextInt(Math.max(1, frames / 3)), 0, classes - 1)
                            .mapToLong(id -> id < blank ? id : id + 1)
                            .toArray();
        }
        add(name, blank, logits(samples, frames, classes, 2), padded(targets), lengths);
    }

    private void add(
            String name, int blank, double[][][] logits, long[][] targets, long... inputLengths) {
        ReferenceCase made = new ReferenceCase();
        made.name = name;
        made.blank = blank;
        made.logits = logits;
        made.targets = targets;
        made.inputLengths = inputLengths;
        made.targetLengths =
                Arrays.stream(targets)
                        .mapToLong(target -> Arrays.stream(target).filter(id -> id >= 0).count())
                        .toArray();
        computeResults(made);
        cases.add(made);
    }

    /** The mean divides a loss by the target's length, or 1, and the sum of all by their number. */
    private static void computeResults(ReferenceCase made) {
        int samples = made.logits.length;
        made.lossPerSample = new Double[samples];
        made.gradMeanZeroInf = new double[samples][][];
        double sum = 0;
        double sumOfFeasible = 0;
        double mean = 0;
        for (int n = 0; n < samples; n++) {
            long[] target = Arrays.copyOf(made.targets[n], (int) made.targetLengths[n]);
            PreciseForwardBackward sample =
                    PreciseForwardBackward.of(
                            made.logits[n], (int) made.inputLengths[n], target, made.blank);
            double weight = 1.0 / samples / Math.max(1, target.length);
            made.lossPerSample[n] = sample.isFeasible() ? (Double) sample.loss() : null;
            made.gradMeanZeroInf[n] = sample.gradient(weight);
            sum += sample.loss();
            if (sample.isFeasible()) {
                sumOfFeasible += weight * sample.loss();
            }
            mean += weight * sample.loss();
        }
        made.lossMeanZeroInf = sumOfFeasible;
        made.lossSum = Double.isInfinite(sum) ? null : (Double) sum;
        made.lossMean = Double.isInfinite(mean) ? null : (Double) mean;
    }

    /** Returns normally distributed logits, rounded so that the file is small. */
    private double[][][] logits(int samples, int frames, int classes, double deviation) {
        double[][][] logits = new double[samples][frames][classes];
        for (double[][] sample : logits) {
            for (double[] frame : sample) {
                Arrays.setAll(
                        frame, c -> Math.rint(1024 * deviation * random.nextGaussian()) / 1024);
            }
        }
        return logits;
    }

    /** Returns targets, of which each digit is an id. */
    private static long[][] targets(String... digits) {
        return padded(
                Arrays.stream(digits)
                        .map(target -> target.chars().mapToLong(c -> c - '0').toArray())
                        .toArray(long[][]::new));
    }

    private static long[][] padded(long[][] targets) {
        int width = Arrays.stream(targets).mapToInt(target -> target.length).max().orElseThrow();
        long[][] padded = new long[targets.length][width];
        for (int n = 0; n < targets.length; n++) {
            Arrays.fill(padded[n], -1);
            System.arraycopy(targets[n], 0, padded[n], 0, targets[n].length);
        }
        return padded;
    }
}
