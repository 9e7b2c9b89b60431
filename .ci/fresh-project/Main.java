import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.evaluator.CharacterErrorRate;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.GradientNormClipper;
import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.nn.TimeConvolution;
import io.github.djlctc.replica.ReplicaTrainer;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.CtcTranslator;
import io.github.djlctc.translate.ModelAlphabet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Runs snippets of the documentation, which the script puts in place of the lines that name them. */
public final class Main {

    private static final int SAMPLES = 64;
    private static final int FEATURES = 40;
    private static final int FRAMES_PER_LETTER = 8;
    private static final String LETTERS = " ABC";

    /** What is said in the samples. */
    private static final List<String> TEXTS = List.of("A", "AB", "ABC", "C AB");

    public static void main(String[] args) throws Exception {
        Engine.getInstance().setRandomSeed(1);
        Alphabet alphabet = Alphabet.ofCharacters(LETTERS);
        alphabet.write(Path.of("alphabet.txt"));
        Files.writeString(
                Path.of("lm.arpa"),
                """
                \\data\\
                ngram 1=5

                \\1-grams:
                -1.0 <unk>
                -99 <s>
                -0.5 </s>
                -0.5 CAB
                -0.5 BA

                \\end\\
                """);
        try (NDManager manager = NDManager.newBaseManager()) {
            train(alphabet, dataset(manager, alphabet, 1), dataset(manager, alphabet, 2));
        }
        translateWithSavedModel(alphabet);
        decode(emissions(alphabet, "CAB"), 3);
    }

    private static void train(
            Alphabet alphabet,
            RandomAccessDataset trainingSet,
            RandomAccessDataset validationSet)
            throws Exception {
        // README.md ## Train
    }

    private static void translateWithSavedModel(Alphabet alphabet) throws Exception {
        Block block =
                new SequentialBlock()
                        .add(TimeConvolution.builder().setChannels(64).optStride(2).build())
                        .add(FramewiseBlock.of(Activation.reluBlock()))
                        .add(PackedLSTM.builder().setStateSize(128).build())
                        .add(FramewiseBlock.of(Linear.builder().setUnits(alphabet.size()).build()));
        Random random = new Random(3);
        List<float[][]> inputs = TEXTS.stream().map(text -> frames(text, random)).toList();
        try (Model model = Model.newInstance("recogniser")) {
            model.setBlock(block);
            model.load(Path.of("recogniser"));
            translate(model, inputs);
        }
        translate(block, inputs);
    }

    private static void translate(Model model, List<float[][]> inputs) throws Exception {
        // README.md ## Translate
    }

    private static void translate(Block block, List<float[][]> inputs) throws Exception {
        // docs/guide/inference.md ## A model trained here
    }

    private static void decode(float[] emissions, int frames) throws Exception {
        // README.md ## Decode
    }

    /** Frames that show a letter, then nothing; one feature for each class. */
    private static float[][] frames(String text, Random random) {
        float[][] frames = new float[FRAMES_PER_LETTER * text.length()][FEATURES];
        for (int t = 0; t < frames.length; t++) {
            char letter = text.charAt(t / FRAMES_PER_LETTER);
            boolean shown = t % FRAMES_PER_LETTER < FRAMES_PER_LETTER / 2;
            for (int f = 0; f < FEATURES; f++) {
                frames[t][f] = (float) (0.1 * random.nextGaussian());
            }
            frames[t][shown ? 1 + LETTERS.indexOf(letter) : 0] += 1;
        }
        return frames;
    }

    /** Samples of the texts, padded. */
    private static RandomAccessDataset dataset(NDManager manager, Alphabet alphabet, int seed) {
        Random random = new Random(seed);
        int labels = TEXTS.get(TEXTS.size() - 1).length();
        int longest = FRAMES_PER_LETTER * labels;
        float[] features = new float[SAMPLES * longest * FEATURES];
        long[] lengths = new long[SAMPLES];
        long[] targets = new long[SAMPLES * labels];
        for (int n = 0; n < SAMPLES; n++) {
            String text = TEXTS.get(n % TEXTS.size());
            float[][] frames = frames(text, random);
            lengths[n] = frames.length;
            for (int t = 0; t < frames.length; t++) {
                System.arraycopy(frames[t], 0, features, (n * longest + t) * FEATURES, FEATURES);
            }
            int[] ids = alphabet.encode(text);
            for (int s = 0; s < labels; s++) {
                targets[n * labels + s] = s < ids.length ? ids[s] : -1;
            }
        }
        return new ArrayDataset.Builder()
                .setData(
                        manager.create(features, new Shape(SAMPLES, longest, FEATURES)),
                        manager.create(lengths))
                .optLabels(manager.create(targets, new Shape(SAMPLES, labels)))
                .setSampling(8, true)
                .build();
    }

    /** Logits (T,C) of which the best path is the text. */
    private static float[] emissions(Alphabet alphabet, String text) {
        float[] emissions = new float[text.length() * alphabet.size()];
        int[] ids = alphabet.encode(text);
        for (int t = 0; t < ids.length; t++) {
            emissions[t * alphabet.size() + ids[t]] = 10;
        }
        return emissions;
    }
}
