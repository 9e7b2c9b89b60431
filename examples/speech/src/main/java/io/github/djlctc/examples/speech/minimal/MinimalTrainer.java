package io.github.djlctc.examples.speech.minimal;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.metric.Metrics;
import ai.djl.modality.audio.AudioFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.batch.CTCDataset;
import io.github.djlctc.batch.LengthBucketSampler;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.monitor.GradientNormClipper;
import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.nn.TimeConvolution;
import io.github.djlctc.replica.ReplicaTrainer;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.CtcTranslator;
import io.github.djlctc.translate.ModelAlphabet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole trainer: {@code MinimalTrainer TRAIN.jsonl TEST.jsonl EPOCHS MODEL-DIR}. The manifests
 * are NeMo's, of WAV files with one channel of 16 bits at 16 kHz. See docs/guide/training.md.
 */
final class MinimalTrainer {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" 'ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static final int WINDOW = 400; // samples: 25 ms
    private static final int HOP = 160;
    private static final int BATCH = 16; // utterances

    private MinimalTrainer() {}

    private record Utterance(Path file, String text, double seconds) {}

    private static List<Utterance> read(Path manifest) throws Exception {
        List<Utterance> utterances = new ArrayList<>();
        for (String line : Files.readAllLines(manifest)) {
            JsonObject fields = JsonParser.parseString(line).getAsJsonObject();
            Path file = manifest.resolveSibling(fields.get("audio_filepath").getAsString());
            String text = fields.get("text").getAsString();
            utterances.add(new Utterance(file, text, fields.get("duration").getAsDouble()));
        }
        return utterances;
    }

    /** Log power spectra (T,F); each frequency has mean 0 and deviation 1 over the utterance. */
    private static NDArray features(NDManager manager, Utterance utterance) throws Exception {
        float[] samples = AudioFactory.newInstance().fromFile(utterance.file()).getData();
        NDArray signal = manager.create(samples).expandDims(0);
        NDArray window = manager.hanningWindow(WINDOW);
        NDArray spectrum = signal.stft(WINDOW, HOP, true, window, false, true).abs().squeeze(0);
        NDArray log = spectrum.square().add(1e-5).log().transpose();
        NDArray centred = log.sub(log.mean(new int[] {0}, true));
        return centred.div(centred.square().mean(new int[] {0}, true).sqrt().add(1e-3));
    }

    private static CTCDataset<Utterance> dataset(List<Utterance> utterances) {
        int[] frames = utterances.stream().mapToInt(u -> (int) (100 * u.seconds())).toArray();
        LengthBucketSampler.Builder sampler = LengthBucketSampler.builder().setLengths(frames);
        return CTCDataset.<Utterance>builder()
                .setSamples(utterances)
                .setFeatures(MinimalTrainer::features)
                .setTargets(utterance -> ALPHABET.encode(utterance.text()))
                .setSampling(sampler.optBatchSize(BATCH).optSeed(1).build())
                .build();
    }

    private static void test(Model model, CTCDecoder decoder, List<Utterance> utterances)
            throws Exception {
        CtcTranslator.Builder<Utterance> translator = CtcTranslator.builder();
        translator.setFeatures(MinimalTrainer::features).setDecoder(decoder);
        ErrorCounts errors = ErrorCounts.ZERO;
        try (Predictor<Utterance, Hypothesis> predictor = model.newPredictor(translator.build())) {
            for (Utterance utterance : utterances) {
                String text = predictor.predict(utterance).text();
                errors = errors.plus(ErrorRates.words(utterance.text(), text));
            }
        }
        System.out.println(decoder.getClass().getSimpleName() + ": WER " + errors.rate());
    }

    public static void main(String[] args) throws Exception {
        List<Utterance> train = read(Path.of(args[0]));
        List<Utterance> test = read(Path.of(args[1]));
        Block block = // [features (N,T,F), lengths (N)] -> [logits (N,T/2,C), lengths (N)]
                new SequentialBlock()
                        .add(TimeConvolution.builder().setChannels(96).optStride(2).build())
                        .add(FramewiseBlock.of(Activation.reluBlock()))
                        .add(PackedLSTM.builder().setStateSize(128).optLayers(2).build())
                        .add(FramewiseBlock.of(Linear.builder().setUnits(ALPHABET.size()).build()));
        int epochs = Integer.parseInt(args[2]);
        Path folder = Path.of(args[3]);
        int steps = epochs * (train.size() / BATCH + 1);
        Tracker lr =
                Tracker.cosine().setBaseValue(3e-3f).optFinalValue(0).setMaxUpdates(steps).build();
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(CTCLoss.builder().build())
                        .optOptimizer(Optimizer.adamW().optLearningRateTracker(lr).build())
                        .addTrainingListeners(new GradientNormClipper(3))
                        .addTrainingListeners(TrainingListener.Defaults.logging());
        try (Model model = Model.newInstance("recogniser")) {
            model.setBlock(block);
            try (Trainer trainer = ReplicaTrainer.of(model, config)) {
                trainer.setMetrics(new Metrics());
                trainer.initialize(new Shape(1, 100, WINDOW / 2 + 1), new Shape(1));
                EasyTrain.fit(trainer, epochs, dataset(train), null);
            }
            ModelAlphabet.set(model, ALPHABET); // saved with the parameters
            model.save(folder, "recogniser");
            test(model, new GreedyDecoder(ALPHABET), test);
            List<String> texts = train.stream().map(Utterance::text).toList();
            NGramEstimator.Builder ngrams = NGramEstimator.builder().setOrder(3);
            ngrams.optDiscountFallback(Discounts.FALLBACK); // for few texts
            ngrams.build().estimate(texts).writeArpa(folder.resolve("lm.arpa"));
            BeamSearchDecoder.Builder search = BeamSearchDecoder.builder().setAlphabet(ALPHABET);
            search.optLanguageModel(NGramModel.read(folder.resolve("lm.arpa")));
            test(model, search.build(), test);
        }
    }
}
