package io.github.djlctc.examples.htr.mistakes;

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
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.pen.PenCorpus;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.examples.htr.model.Columns;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Trains a small reader of handwritten numbers of 1 to 4 digits, with a mistake in it. */
final class Experiment {

    private static final int BATCH = 8;
    private static final int EPOCHS = 16;

    /** About five times the width of the numbers. */
    private static final int WIDE = 400;

    private static final int TRAINING_LINES = 240;
    private static final int TEST_LINES = 60;
    private static final Alphabet ALPHABET = Alphabet.ofCharacters("0123456789");
    private static final TorchScriptProgram UNCHECKED =
            TorchScriptProgram.ofResource(Experiment.class, "unchecked_ctc_loss.py");

    /** A line and its digits. */
    private record Line(LineImage image, String text) {}

    /**
     * The results of a training.
     *
     * @param firstLoss the loss that was minimised, mean of the first epoch
     * @param lastLoss the same of the last epoch
     * @param alone the wrong digits of other lines by other writers, read one by one
     * @param besideWide the same, each in a batch with a line of {@value #WIDE} columns
     */
    record Result(double firstLoss, double lastLoss, ErrorCounts alone, ErrorCounts besideWide) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.2f | %.2f | %.1f %% | %.1f %%",
                    firstLoss,
                    lastLoss,
                    100 * alone.rate(),
                    100 * besideWide.rate());
        }
    }

    private final int seed;
    private final List<Line> training;
    private final List<Line> test;

    /**
     * Makes the data.
     *
     * @param seed of the initial parameters
     */
    Experiment(int seed) throws IOException {
        this.seed = seed;
        var corpus =
                PenCorpus.builder()
                        .optSeed(5)
                        .optTrainLines(20_000)
                        .optValidationLines(0)
                        .optTestLines(6000)
                        .build();
        training = numbers(corpus.train(), TRAINING_LINES);
        test = numbers(corpus.test(), TEST_LINES);
    }

    private static List<Line> numbers(List<LineSample> samples, int count) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (LineSample sample : samples) {
            if (lines.size() < count && sample.text().matches("[0-9]+")) {
                lines.add(new Line(sample.load(SmallReader.HEIGHT), sample.text()));
            }
        }
        if (lines.size() < count) {
            throw new IllegalStateException(lines.size() + " numbers");
        }
        return lines;
    }

    Result run(Mistake mistake) {
        Engine.getInstance().setRandomSeed(seed);
        CTCLoss loss = CTCLoss.builder().build();
        ResumableAdamW optimizer =
                ResumableAdamW.builder().optLearningRateTracker(Tracker.fixed(6e-3f)).build();
        try (Model model = Model.newInstance("reader")) {
            model.setBlock(new SmallReader(mistake, ALPHABET.size()));
            DefaultTrainingConfig config = new DefaultTrainingConfig(loss).optOptimizer(optimizer);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, 80, SmallReader.HEIGHT), new Shape(1));
                double first = epoch(trainer, mistake, loss);
                double last = first;
                for (int epoch = 1; epoch < EPOCHS; epoch++) {
                    last = epoch(trainer, mistake, loss);
                }
                return new Result(first, last, errors(model, 0), errors(model, WIDE));
            }
        }
    }

    private double epoch(Trainer trainer, Mistake mistake, CTCLoss loss) {
        double sum = 0;
        for (int from = 0; from < training.size(); from += BATCH) {
            try (NDManager manager = trainer.getManager().newSubManager()) {
                List<Line> lines = training.subList(from, from + BATCH);
                try (GradientCollector collector = trainer.newGradientCollector()) {
                    NDList predictions = trainer.forward(input(lines, 0, manager));
                    NDArray value = loss(mistake, loss, lines, predictions);
                    collector.backward(value);
                    sum += HostArrays.readScalar(value);
                }
                trainer.step();
            }
        }
        return sum * BATCH / training.size();
    }

    private static NDArray loss(
            Mistake mistake, CTCLoss loss, List<Line> lines, NDList predictions) {
        NDManager manager = predictions.head().getManager();
        int longest = lines.stream().mapToInt(line -> line.text().length()).max().orElseThrow();
        boolean blanks = mistake == Mistake.BLANK_AS_PADDING;
        long[] targets = new long[lines.size() * longest];
        Arrays.fill(targets, blanks ? ALPHABET.blank() : -1);
        for (int n = 0; n < lines.size(); n++) {
            int[] ids = ALPHABET.encode(lines.get(n).text());
            for (int s = 0; s < ids.length; s++) {
                targets[n * longest + s] = ids[s];
            }
        }
        NDArray targetArray = manager.create(targets, new Shape(lines.size(), longest));
        if (!blanks) {
            return loss.evaluate(new NDList(targetArray), predictions);
        }
        long[] targetLengths = new long[lines.size()];
        Arrays.fill(targetLengths, longest);
        NDList arguments =
                new NDList(
                        predictions.get(0),
                        targetArray,
                        predictions.get(1),
                        manager.create(targetLengths));
        return UNCHECKED.run(arguments).head();
    }

    private ErrorCounts errors(Model model, int leastWidth) {
        GreedyBatchDecoder decoder = new GreedyBatchDecoder(new GreedyDecoder(ALPHABET));
        ErrorCounts errors = ErrorCounts.ZERO;
        for (Line line : test) {
            try (NDManager manager = model.getNDManager().newSubManager()) {
                ParameterStore parameters = new ParameterStore(manager, false);
                NDList input = input(List.of(line), leastWidth, manager);
                NDList predictions = model.getBlock().forward(parameters, input, false);
                String read =
                        decoder.decodeBatch(predictions.get(0), predictions.get(1)).get(0).text();
                errors = errors.plus(ErrorRates.characters(line.text(), read));
            }
        }
        return errors;
    }

    /** Pads the lines to the widest of them, or to more. */
    private static NDList input(List<Line> lines, int leastWidth, NDManager manager) {
        int widest = leastWidth;
        for (Line line : lines) {
            widest = Math.max(widest, line.image().width());
        }
        float[] values = new float[lines.size() * widest * SmallReader.HEIGHT];
        long[] widths = new long[lines.size()];
        for (int n = 0; n < widths.length; n++) {
            LineImage image = lines.get(n).image();
            widths[n] = image.width();
            float[] columns = Columns.of(image);
            System.arraycopy(columns, 0, values, n * widest * SmallReader.HEIGHT, columns.length);
        }
        return new NDList(
                manager.create(values, new Shape(lines.size(), widest, SmallReader.HEIGHT)),
                manager.create(widths));
    }
}
