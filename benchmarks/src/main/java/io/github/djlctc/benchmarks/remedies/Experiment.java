package io.github.djlctc.benchmarks.remedies;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.TranslateException;

import io.github.djlctc.batch.CTCDataset;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.model.AcousticModel;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.monitor.GradientNormClipper;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One training run with one {@link Remedy}. */
final class Experiment {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static final float WEIGHT_DECAY = 0.01f;
    private static final String INFEASIBLE = "infeasible";

    private final Remedy remedy;
    private final int epochs;
    private final long seed;
    private final List<PreparedUtterance> training;
    private final List<PreparedUtterance> test;
    private final CTCDataset<PreparedUtterance> trainingSet;
    private final CTCDataset<PreparedUtterance> testSet;
    private final int steps;
    private final GradientNormClipper clipper;
    private final SplittableRandom random;
    private int clipped;

    Experiment(Remedy remedy, ExperimentData data, int usualEpochs, long seed) {
        this.remedy = remedy;
        this.seed = seed;
        epochs = remedy.epochs(usualEpochs);
        training = trainingUtterances(remedy, data);
        test = testUtterances(remedy, data);
        trainingSet = dataset(training);
        testSet = dataset(test);
        steps = epochs * ((data.training().size() - 1) / Batching.BATCH_SIZE + 1);
        clipper = new GradientNormClipper(remedy.maxNorm());
        random = new SplittableRandom(seed);
    }

    private static List<PreparedUtterance> trainingUtterances(Remedy remedy, ExperimentData data) {
        List<PreparedUtterance> utterances = new ArrayList<>();
        for (PreparedUtterance utterance : data.training()) {
            String text = remedy.text(utterance.text(), utterances.size());
            FeatureMatrix features = remedy.features(utterance.features());
            utterances.add(new PreparedUtterance(features, text));
        }
        return utterances;
    }

    private static List<PreparedUtterance> testUtterances(Remedy remedy, ExperimentData data) {
        return data.test().stream()
                .map(u -> new PreparedUtterance(remedy.features(u.features()), u.text()))
                .toList();
    }

    private CTCDataset<PreparedUtterance> dataset(List<PreparedUtterance> utterances) {
        return CTCDataset.<PreparedUtterance>builder()
                .setSamples(utterances)
                .setFeatures((manager, utterance) -> array(manager, utterance.features()))
                .setTargets(utterance -> ALPHABET.encode(utterance.text()))
                .setSampling(remedy.batching().sampler(utterances, seed))
                .build();
    }

    private static NDArray array(NDManager manager, FeatureMatrix features) {
        Shape shape = new Shape(features.frames(), features.dimensions());
        return manager.create(features.values(), shape);
    }

    Outcome run() throws IOException, TranslateException {
        // Parameters are drawn when the trainer initialises the model.
        Engine.getInstance().setRandomSeed((int) seed);
        CTCLoss loss = remedy.loss().build();
        loss.addAccumulator(INFEASIBLE);
        Optimizer optimizer =
                Optimizer.adamW()
                        .optLearningRateTracker(remedy.learningRate().tracker(steps))
                        .optWeightDecays(WEIGHT_DECAY)
                        .build();
        try (Model model = Model.newInstance("remedy")) {
            model.setBlock(new AcousticModel(remedy.size(), ALPHABET.size()));
            try (Trainer trainer =
                    model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer))) {
                trainer.initialize(new Shape(1, 100, ExperimentData.MELS), new Shape(1));
                return train(trainer);
            } catch (InvalidEmissionException e) {
                // NaN parameters stay NaN.
                return Outcome.NAN;
            }
        }
    }

    private Outcome train(Trainer trainer) throws IOException, TranslateException {
        int epochsOfBlanks = 0;
        Errors errors = new Errors();
        for (int epoch = 0; epoch < epochs; epoch++) {
            trainEpoch(trainer);
            errors = errors(trainer.getModel());
            epochsOfBlanks += errors.isMostlyEmpty() ? 1 : 0;
        }
        long infeasible = ((CTCLoss) trainer.getLoss()).infeasibleSamples(INFEASIBLE);
        return new Outcome(
                errors.characters.rate(),
                errors.words.rate(),
                epochsOfBlanks,
                clipped / (double) steps,
                infeasible / ((double) epochs * training.size()),
                leastFramesPerLabel());
    }

    /** Returns the fewest frames of the logits per label of an utterance. */
    private double leastFramesPerLabel() {
        double least = Double.POSITIVE_INFINITY;
        for (PreparedUtterance utterance : training) {
            int frames = remedy.size().subsampled(utterance.features().frames());
            least = Math.min(least, frames / (double) ALPHABET.encode(utterance.text()).length);
        }
        return least;
    }

    private void trainEpoch(Trainer trainer) throws IOException, TranslateException {
        for (Batch batch : trainer.iterateDataset(trainingSet)) {
            try (batch) {
                backward(trainer, batch);
                clipper.onTrainingBatch(trainer, null);
                clipped += clipper.norm() > clipper.maxNorm() ? 1 : 0;
                trainer.step();
            }
        }
    }

    private void backward(Trainer trainer, Batch batch) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList output = trainer.forward(input(batch));
            NDArray changed = remedy.change(output.get(0), random);
            NDList predictions = new NDList(changed, output.get(1));
            CTCLoss loss = (CTCLoss) trainer.getLoss();
            collector.backward(loss.evaluate(batch.getLabels(), predictions));
            loss.updateAccumulator(INFEASIBLE, batch.getLabels(), predictions);
        }
    }

    private NDList input(Batch batch) {
        NDList data = batch.getData();
        return new NDList(data.get(0), remedy.lengths(data.get(0), data.get(1)));
    }

    private Errors errors(Model model) throws IOException, TranslateException {
        Errors errors = new Errors();
        GreedyBatchDecoder decoder = new GreedyBatchDecoder(new GreedyDecoder(ALPHABET));
        try (NDManager manager = model.getNDManager().newSubManager()) {
            ParameterStore parameters = new ParameterStore(manager, false);
            for (Batch batch : testSet.getData(manager)) {
                try (batch) {
                    NDList output = model.getBlock().forward(parameters, input(batch), false);
                    List<Hypothesis> hypotheses = decoder.decodeBatch(output.get(0), output.get(1));
                    for (int n = 0; n < hypotheses.size(); n++) {
                        int index = ((Long) batch.getIndices().get(n)).intValue();
                        errors.add(test.get(index).text(), hypotheses.get(n).text());
                    }
                }
            }
        }
        return errors;
    }

    /** The errors on the test utterances. */
    private static final class Errors {

        private ErrorCounts characters = ErrorCounts.ZERO;
        private ErrorCounts words = ErrorCounts.ZERO;
        private int utterances;
        private int empty;

        void add(String reference, String hypothesis) {
            characters = characters.plus(ErrorRates.characters(reference, hypothesis));
            words = words.plus(ErrorRates.words(reference, hypothesis));
            utterances++;
            empty += hypothesis.isEmpty() ? 1 : 0;
        }

        boolean isMostlyEmpty() {
            return 2 * empty > utterances;
        }
    }
}
